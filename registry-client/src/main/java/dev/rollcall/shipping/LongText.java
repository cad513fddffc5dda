package dev.rollcall.shipping;

/** Texts that are too long to be shipped whole. */
final class LongText {
    private LongText() {}

    /** The text, or its first three quarters and last quarter with a note between, about {@code charsMax} in all. */
    static String cut(String text, int charsMax) {
        if (text.length() <= charsMax) {
            return text;
        }
        // the end of a stack trace tells the first cause
        var head = charsMax / 4 * 3;
        var tail = charsMax / 4;
        var left = text.length() - head - tail;
        return text.substring(0, head) + "\n… " + left + " characters left out …\n"
                + text.substring(text.length() - tail);
    }
}
