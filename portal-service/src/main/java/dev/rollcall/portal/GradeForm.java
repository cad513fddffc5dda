package dev.rollcall.portal;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import dev.rollcall.wire.Json;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** What a teacher typed to add a grade, right or wrong; spaces around it don't count. */
record GradeForm(String title, String type, String score) {
    static final String TITLE = "Title";
    static final String TYPE = "Type";
    static final String SCORE = "Score";
    static final List<String> TYPES = List.of("Test", "Quiz", "Homework", "Exam");
    static final int TITLE_LENGTH_MAX = 200;

    /** An empty form. */
    static final GradeForm EMPTY = new GradeForm("", "", "");

    private static final Pattern DECIMAL = Pattern.compile("[0-9]{1,7}(\\.[0-9]{1,6})?");
    private static final BigDecimal SCORE_MAX = BigDecimal.valueOf(1_000_000);

    /** Strips. */
    GradeForm {
        title = title.strip();
        type = type.strip();
        score = score.strip();
    }

    /** The fields of a form post. */
    static GradeForm of(Map<String, String> fields) {
        return new GradeForm(
                fields.getOrDefault(TITLE, ""), fields.getOrDefault(TYPE, ""), fields.getOrDefault(SCORE, ""));
    }

    /** What is wrong with it. A plain grading service would take nearly anything, so it is checked here too. */
    Mistakes mistakes() {
        var mistakes = new LinkedHashMap<String, String>();
        if (title.isEmpty()) {
            mistakes.put(TITLE, "Say what the grade is for.");
        } else if (title.codePointCount(0, title.length()) > TITLE_LENGTH_MAX) {
            mistakes.put(TITLE, "Use at most " + TITLE_LENGTH_MAX + " characters.");
        }
        if (!TYPES.contains(type)) {
            mistakes.put(TYPE, "Choose one of " + String.join(", ", TYPES) + ".");
        }
        if (!DECIMAL.matcher(score).matches() || new BigDecimal(score).compareTo(SCORE_MAX) > 0) {
            mistakes.put(
                    SCORE, "Write a number from 0 to 1000000, with a point before decimals (at most 6), such as 85.5.");
        }
        return new Mistakes(mistakes, "");
    }

    /** The grade as JSON for the grading service; only without {@linkplain #mistakes() mistakes}. */
    byte[] json() {
        return Json.bytes(new Submitted(title, type, new BigDecimal(score)));
    }

    @JsonPropertyOrder({TITLE, TYPE, SCORE})
    private record Submitted(
            @JsonProperty(TITLE) String title,
            @JsonProperty(TYPE) String type,
            @JsonProperty(SCORE) BigDecimal score) {}
}
