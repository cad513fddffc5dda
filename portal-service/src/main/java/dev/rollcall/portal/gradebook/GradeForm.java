package dev.rollcall.portal.gradebook;

import dev.rollcall.portal.page.ValidationErrors;
import dev.rollcall.wire.Json;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** The form to add a grade, as typed; surrounding spaces are stripped. */
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

    static final GradeForm EMPTY = new GradeForm("", "", "", "");

    private static final Pattern DECIMAL = Pattern.compile("[0-9]{1,12}(\\.[0-9]{1,12})?");
    private static final BigDecimal SCORE_MAX = BigDecimal.valueOf(1_000_000);
    private static final int DECIMALS_MAX = 6;

    GradeForm {
        title = title.strip();
        type = type.strip();
        score = score.strip();
        comment = comment.strip();
    }

    /** Returns the form of a post's fields. */
    static GradeForm of(Map<String, String> fields) {
        return new GradeForm(
                fields.getOrDefault(TITLE, ""),
                fields.getOrDefault(TYPE, ""),
                fields.getOrDefault(SCORE, ""),
                fields.getOrDefault(COMMENT, ""));
    }

    /** Returns the errors. A plain grading service accepts nearly anything, so the portal checks too. */
    ValidationErrors validate(List<String> types) {
        var errors = new LinkedHashMap<String, String>();
        if (title.isEmpty()) {
            errors.put(TITLE, "Say what the grade is for.");
        } else if (length(title) > TITLE_LENGTH_MAX) {
            errors.put(TITLE, "Use at most " + TITLE_LENGTH_MAX + " characters.");
        }
        if (!types.contains(type)) {
            errors.put(TYPE, "Choose one of " + String.join(", ", types) + ".");
        }
        if (!isScore(score)) {
            errors.put(SCORE, SCORE_RULE);
        }
        if (length(comment) > COMMENT_LENGTH_MAX) {
            errors.put(COMMENT, "Use at most " + COMMENT_LENGTH_MAX + " characters.");
        }
        return new ValidationErrors(errors, "");
    }

    /** Returns whether a text is a valid score, within the bounds of our grading service. */
    static boolean isScore(String text) {
        if (!DECIMAL.matcher(text).matches()) {
            return false;
        }
        var number = new BigDecimal(text);
        return number.compareTo(SCORE_MAX) <= 0 && number.stripTrailingZeros().scale() <= DECIMALS_MAX;
    }

    /** Returns the length in code points, so that an emoji counts once. */
    static int length(String text) {
        return text.codePointCount(0, text.length());
    }

    /** Returns the grade as JSON for the grading service; only for a {@linkplain #validate(List) valid} form. */
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
