package dev.rollcall.portal.page;

/** Makes control characters visible, which browsers don't show. The templates escape for HTML. */
public final class Printable {
    private static final char CONTROL_PICTURES = '\u2400';
    private static final char DELETE = '\u007f';
    private static final char DELETE_PICTURE = '\u2421';
    private static final char REPLACEMENT = '\ufffd';

    private Printable() {}

    /** Returns a text for one line. */
    public static String line(String text) {
        return visible(text, false);
    }

    /** Returns a text with its line ends and tabs. */
    public static String text(String text) {
        return visible(text, true);
    }

    private static String visible(String text, boolean keepsLines) {
        if (text.chars().noneMatch(Character::isISOControl)) {
            return text;
        }
        var shown = new StringBuilder(text.length());
        text.chars().forEach(c -> shown.append(keepsLines && (c == '\n' || c == '\t') ? (char) c : visible((char) c)));
        return shown.toString();
    }

    private static char visible(char c) {
        if (!Character.isISOControl(c)) {
            return c;
        }
        if (c == DELETE) {
            return DELETE_PICTURE;
        }
        return c < ' ' ? (char) (CONTROL_PICTURES + c) : REPLACEMENT;
    }
}
