package dev.rollcall.portal.gradebook;

import dev.rollcall.portal.page.ValidationErrors;
import dev.rollcall.wire.Json;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** What a teacher typed to add a grade, right or wrong; spaces around it don't count. */
record GradeForm(String title, String type, String score, String comment) {
    static final String TITLE = "Title";
    static final String TYPE = "Type";
    static final String SCORE = "Score";
    static final List<String> TYPES = List.of("Test", "Quiz", "Homework", "Exam");
    static final String COMMENT = "Comment";
    static final int TITLE_LENGTH_MAX = 200;
    static final int COMMENT_LENGTH_MAX = 1_000;
    static final String SCORE_RULE =
            "Write a number from 0 to 1000000, with a point before decimals (at most 6), such as 85.5.";

    /** An empty form. */
    static final GradeForm EMPTY = new GradeForm("", "", "", "");

    private static final Pattern DECIMAL = Pattern.compile("[0-9]{1,12}(\\.[0-9]{1,12})?");
    private static final BigDecimal SCORE_MAX = BigDecimal.valueOf(1_000_000);
    private static final int DECIMALS_MAX = 6;

    /** Strips. */
    GradeForm {
        title = title.strip();
        type = type.strip();
        score = score.strip();
        comment = comment.strip();
    }

    /** The fields of a form post. */
    static GradeForm of(Map<String, String> fields) {
        return new GradeForm(
                fields.getOrDefault(TITLE, ""),
                fields.getOrDefault(TYPE, ""),
                fields.getOrDefault(SCORE, ""),
                fields.getOrDefault(COMMENT, ""));
    }

    /** What is wrong with it. A plain grading service would take nearly anything, so it is checked here too. */
    ValidationErrors mistakes(List<String> types) {
        var mistakes = new LinkedHashMap<String, String>();
        if (title.isEmpty()) {
            mistakes.put(TITLE, "Say what the grade is for.");
        } else if (length(title) > TITLE_LENGTH_MAX) {
            mistakes.put(TITLE, "Use at most " + TITLE_LENGTH_MAX + " characters.");
        }
        if (!types.contains(type)) {
            mistakes.put(TYPE, "Choose one of " + String.join(", ", types) + ".");
        }
        if (!isScore(score)) {
            mistakes.put(SCORE, SCORE_RULE);
        }
        if (length(comment) > COMMENT_LENGTH_MAX) {
            mistakes.put(COMMENT, "Use at most " + COMMENT_LENGTH_MAX + " characters.");
        }
        return new ValidationErrors(mistakes, "");
    }

    /** Whether a text is a score as it may be typed. The bounds are those of our grading service. */
    static boolean isScore(String text) {
        if (!DECIMAL.matcher(text).matches()) {
            return false;
        }
        var number = new BigDecimal(text);
        return number.compareTo(SCORE_MAX) <= 0 && number.stripTrailingZeros().scale() <= DECIMALS_MAX;
    }

    /** In characters, of which an emoji is one. */
    static int length(String text) {
        return text.codePointCount(0, text.length());
    }

    /** The grade as JSON for the grading service; only without {@linkplain #mistakes(List) mistakes}. */
    byte[] json() {
        var fields = new LinkedHashMap<String, Object>();
        fields.put(TITLE, title);
        fields.put(TYPE, type);
        fields.put(SCORE, new BigDecimal(score));
        if (!comment.isEmpty()) {
            fields.put(COMMENT, comment);
        }
        return Json.bytes(fields);
    }
}
