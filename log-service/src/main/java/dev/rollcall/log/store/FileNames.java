package dev.rollcall.log.store;

import java.util.Locale;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/** The names of the store's files. Sorted by name, they are sorted by age. */
final class FileNames {
    /** The single file of stores from before there were segments. */
    static final String FIRST_LAYOUT = "records.ndjson";
    /** The suffix of files that are still being written and don't count. */
    static final String UNFINISHED = ".tmp";

    private static final String INDEX = ".index";
    private static final String PRODUCERS = ".producers";
    private static final Pattern NAME = Pattern.compile("log-(\\d{12})(\\.[a-z.]+)");

    private FileNames() {}

    static String stem(long segment) {
        return String.format(Locale.ROOT, "log-%012d", segment);
    }

    static String index(long segment) {
        return stem(segment) + INDEX;
    }

    /** Returns the name of the checkpoint written when the segment was begun. */
    static String producers(long segment) {
        return stem(segment) + PRODUCERS;
    }

    /** Returns the number of the segment whose file of this form has the name; empty if it is another file. */
    static OptionalLong segment(String name, SegmentForm form) {
        return numberOf(name, form == SegmentForm.RAW ? ".ndjson" : ".ndjson.gz");
    }

    static OptionalLong indexed(String name) {
        return numberOf(name, INDEX);
    }

    static OptionalLong checkpointed(String name) {
        return numberOf(name, PRODUCERS);
    }

    private static OptionalLong numberOf(String name, String ending) {
        var match = NAME.matcher(name);
        return match.matches() && match.group(2).equals(ending)
                ? OptionalLong.of(Long.parseLong(match.group(1)))
                : OptionalLong.empty();
    }
}
