package dev.rollcall.shipping;

/** Cuts texts that are too long to ship. */
final class TextLimit {
    private TextLimit() {}

    /** Returns the text, or its first three quarters and last quarter with a note between: about {@code charsMax}. */
    static String cut(String text, int charsMax) {
        if (text.length() <= charsMax) {
            return text;
        }
        // the end of a stack trace names the root cause
        var head = boundary(text, charsMax / 4 * 3);
        var tail = boundary(text, text.length() - charsMax / 4);
        return text.substring(0, head) + "\n… " + (tail - head) + " characters left out …\n" + text.substring(tail);
    }

    /** Returns an index that is not inside a surrogate pair. */
    private static int boundary(String text, int at) {
        var isWithin = Character.isLowSurrogate(text.charAt(at)) && Character.isHighSurrogate(text.charAt(at - 1));
        return isWithin ? at + 1 : at;
    }
}
