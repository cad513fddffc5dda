package dev.rollcall.grading.book;

/** How long texts may be, and which are none. */
public final class TextLimits {
    /** What is allowed for a title, as told to one who sent something else. */
    public static final String TITLE_ALLOWED = "must be a text of 1 to 200 characters that is not blank";
    /** What is allowed for a name. */
    public static final String NAME_ALLOWED = "must be a text of 1 to 100 characters that is not blank";
    /** What is allowed for a comment. */
    public static final String COMMENT_ALLOWED = "must be a text of at most 1000 characters";

    private static final int TITLE_LENGTH_MAX = 200;
    private static final int NAME_LENGTH_MAX = 100;
    private static final int COMMENT_LENGTH_MAX = 1_000;

    private TextLimits() {}

    /** Whether a text is a title; any characters, control characters too. */
    public static boolean isTitle(String text) {
        return !text.isBlank() && isText(text, TITLE_LENGTH_MAX);
    }

    /** Whether a text is a first or a last name. */
    public static boolean isName(String text) {
        return !text.isBlank() && isText(text, NAME_LENGTH_MAX);
    }

    /** Whether a text is a comment. */
    public static boolean isComment(String text) {
        return isText(text, COMMENT_LENGTH_MAX);
    }

    /** Half a surrogate pair is no character: it could not be sent to anybody again. */
    private static boolean isText(String text, int lengthMax) {
        return text.codePointCount(0, text.length()) <= lengthMax
                && text.codePoints().noneMatch(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE);
    }
}
