package dev.rollcall.grading.csv;

import java.util.regex.Pattern;

/**
 * Escapes cells that a spreadsheet would run as a formula (CWE-1236), with a leading apostrophe. A text that already
 * looks escaped gets another apostrophe, so that every text survives a round trip.
 */
public final class FormulaGuard {
    private static final Pattern DANGEROUS = Pattern.compile("'*[=+\\-@\\t\\r].*", Pattern.DOTALL);
    private static final Pattern GUARDED = Pattern.compile("'+[=+\\-@\\t\\r].*", Pattern.DOTALL);

    private FormulaGuard() {}

    /** Returns the cell for a text. */
    public static String escape(String text) {
        return DANGEROUS.matcher(text).matches() ? "'" + text : text;
    }

    /** Returns the text of a cell. */
    public static String unescape(String cell) {
        return GUARDED.matcher(cell).matches() ? cell.substring(1) : cell;
    }
}
