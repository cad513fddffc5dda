package dev.rollcall.grading.csv;

import java.util.regex.Pattern;

/**
 * Texts in cells that a spreadsheet would take for a formula (CWE-1236). Such a text, and one that would look like it
 * once an apostrophe is taken away, gets an apostrophe in front: so what was written is what is read again.
 */
public final class FormulaGuard {
    private static final Pattern DANGEROUS = Pattern.compile("'*[=+\\-@\\t\\r].*", Pattern.DOTALL);
    private static final Pattern GUARDED = Pattern.compile("'+[=+\\-@\\t\\r].*", Pattern.DOTALL);

    private FormulaGuard() {}

    /** The cell of a text. */
    public static String cell(String text) {
        return DANGEROUS.matcher(text).matches() ? "'" + text : text;
    }

    /** The text of a cell. */
    public static String text(String cell) {
        return GUARDED.matcher(cell).matches() ? cell.substring(1) : cell;
    }
}
