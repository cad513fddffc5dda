package dev.rollcall.grading.book;

import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Folds names for sorting and searching, which ignore case and accents. */
final class Names {
    private static final Pattern MARKS = Pattern.compile("\\p{M}+");
    private static final Pattern BLANKS = Pattern.compile("[\\s\\p{Pd}']+");

    private Names() {}

    /** Folds a text: without accents, in lower case. */
    static String folded(String text) {
        var isSimple = text.chars().allMatch(c -> c < 0x80);
        var bare = isSimple
                ? text
                : MARKS.matcher(Normalizer.normalize(text, Normalizer.Form.NFKD))
                        .replaceAll("");
        return bare.toLowerCase(Locale.ROOT);
    }

    /** Normalizes a text to compare it without regard to case, Unicode form and outer blanks; accents count. */
    static String normalized(String text) {
        return Normalizer.normalize(text.strip(), Normalizer.Form.NFC).toLowerCase(Locale.ROOT);
    }

    /** Splits a query into folded words. */
    static List<String> words(String query) {
        return Stream.of(BLANKS.split(folded(query), -1))
                .filter(word -> !word.isEmpty())
                .toList();
    }

    /** Returns whether each word of a query is a prefix of a word in a folded name. */
    static boolean matches(String folded, List<String> words) {
        return words.stream().allMatch(word -> hasWordWithPrefix(folded, word));
    }

    private static boolean hasWordWithPrefix(String folded, String word) {
        for (var at = folded.indexOf(word); at >= 0; at = folded.indexOf(word, at + 1)) {
            if (at == 0 || !Character.isLetterOrDigit(folded.charAt(at - 1))) {
                return true;
            }
        }
        return false;
    }
}
