package dev.rollcall.grading.book;

import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Names as they are sorted and found: without case and accents. */
final class Names {
    private static final Pattern MARKS = Pattern.compile("\\p{M}+");
    private static final Pattern BLANKS = Pattern.compile("[\\s\\p{Pd}']+");

    private Names() {}

    /** Of a text, what is compared. */
    static String folded(String text) {
        var isSimple = text.chars().allMatch(c -> c < 0x80);
        var bare = isSimple
                ? text
                : MARKS.matcher(Normalizer.normalize(text, Normalizer.Form.NFKD))
                        .replaceAll("");
        return bare.toLowerCase(Locale.ROOT);
    }

    /** Of a text, what makes it the same text for people, however it is written and encoded; accents count. */
    static String same(String text) {
        return Normalizer.normalize(text.strip(), Normalizer.Form.NFC).toLowerCase(Locale.ROOT);
    }

    /** The words of a query. */
    static List<String> words(String query) {
        return Stream.of(BLANKS.split(folded(query), -1))
                .filter(word -> !word.isEmpty())
                .toList();
    }

    /** Whether each word of a query begins a word of a folded name. */
    static boolean isFound(String folded, List<String> words) {
        return words.stream().allMatch(word -> isBegun(folded, word));
    }

    private static boolean isBegun(String folded, String word) {
        for (var at = folded.indexOf(word); at >= 0; at = folded.indexOf(word, at + 1)) {
            if (at == 0 || !Character.isLetterOrDigit(folded.charAt(at - 1))) {
                return true;
            }
        }
        return false;
    }
}
