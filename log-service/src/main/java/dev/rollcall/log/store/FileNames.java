package dev.rollcall.log.store;

import java.util.Locale;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/** What the store's files are called. Sorted by name, they are sorted by age. */
final class FileNames {
    /** The store's one file, before there were segments. */
    static final String FIRST_LAYOUT = "records.ndjson";
    /** Of files that are being made and don't count yet. */
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

    /** What was known of the producers when the segment was begun. */
    static String producers(long segment) {
        return stem(segment) + PRODUCERS;
    }

    /** The number of the segment that a file of this form is of; empty if it is none. */
    static OptionalLong segment(String name, SegmentForm segmentForm) {
        return numberOf(name, segmentForm == SegmentForm.RAW ? ".ndjson" : ".ndjson.gz");
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
