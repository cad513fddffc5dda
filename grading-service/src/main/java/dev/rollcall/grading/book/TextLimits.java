package dev.rollcall.grading.book;

/** The limits of titles, names and comments. */
public final class TextLimits {
    /** The limits of a title, for error messages. */
    public static final String TITLE_ALLOWED = "must be a text of 1 to 200 characters that is not blank";

    public static final String NAME_ALLOWED = "must be a text of 1 to 100 characters that is not blank";
    public static final String COMMENT_ALLOWED = "must be a text of at most 1000 characters";

    private static final int TITLE_LENGTH_MAX = 200;
    private static final int NAME_LENGTH_MAX = 100;
    private static final int COMMENT_LENGTH_MAX = 1_000;

    private TextLimits() {}

    /** Returns whether a text is a valid title. Control characters are allowed. */
    public static boolean isTitle(String text) {
        return !text.isBlank() && isText(text, TITLE_LENGTH_MAX);
    }

    /** Returns whether a text is a valid first or last name. */
    public static boolean isName(String text) {
        return !text.isBlank() && isText(text, NAME_LENGTH_MAX);
    }

    /** Returns whether a text is a valid comment. */
    public static boolean isComment(String text) {
        return isText(text, COMMENT_LENGTH_MAX);
    }

    /** Rejects half a surrogate pair, which has no UTF-8 encoding. */
    private static boolean isText(String text, int lengthMax) {
        return text.codePointCount(0, text.length()) <= lengthMax
                && text.codePoints().noneMatch(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE);
    }
}
