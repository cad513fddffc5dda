package dev.rollcall.portal.page;

/** Makes control characters visible, which a page would swallow; escaping for HTML is the templates' affair. */
public final class Printable {
    private static final char PICTURES = '\u2400';
    private static final char DELETE = '\u007f';
    private static final char DELETE_PICTURE = '\u2421';
    private static final char REPLACEMENT = '\ufffd';

    private Printable() {}

    /** A text for one line. */
    public static String line(String text) {
        return visible(text, false);
    }

    /** A text whose line ends and tabs are kept. */
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
        return c < ' ' ? (char) (PICTURES + c) : REPLACEMENT;
    }
}
