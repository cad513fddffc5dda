package dev.rollcall.shipping;

/** Texts that are too long to be shipped whole. */
final class TextLimit {
    private TextLimit() {}

    /** The text, or its first three quarters and last quarter with a note between, about {@code charsMax} in all. */
    static String cut(String text, int charsMax) {
        if (text.length() <= charsMax) {
            return text;
        }
        // the end of a stack trace tells the first cause
        var head = boundary(text, charsMax / 4 * 3);
        var tail = boundary(text, text.length() - charsMax / 4);
        return text.substring(0, head) + "\n… " + (tail - head) + " characters left out …\n" + text.substring(tail);
    }

    /** Not within a character that takes two. */
    private static int boundary(String text, int at) {
        var isWithin = Character.isLowSurrogate(text.charAt(at)) && Character.isHighSurrogate(text.charAt(at - 1));
        return isWithin ? at + 1 : at;
    }
}
