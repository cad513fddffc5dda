package dev.rollcall.portal.gradebook;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One grade of an extended or a plain grading service; a missing field is empty or 0.
 *
 * @param title the title of the graded item
 * @param type the type of work, by name
 * @param scored the score; empty for an excused grade that never had one
 * @param id its id; 0 from a plain service
 * @param item the graded item's id; 0 from a plain service
 * @param points the maximum score
 * @param isExcused whether it is excluded from averages
 * @param comment a comment
 * @param version rises by one per change; 0 from a plain service, where grades can't be changed
 * @param given the time of the last change; empty from a plain service
 */
record Grade(
        String title,
        String type,
        Optional<BigDecimal> scored,
        long id,
        long item,
        BigDecimal points,
        boolean isExcused,
        String comment,
        long version,
        Optional<Instant> given) {
    private static final int EXPONENT_MAX = 30;
    static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    /**
     * Throws {@link IllegalArgumentException} for a number with more than 30 digits before or after the point, which
     * would fill the page.
     */
    Grade {
        scored.ifPresent(Grade::check);
        check(points);
    }

    @JsonCreator
    static Grade fromWire(
            @JsonProperty("Title") String title,
            @JsonProperty("Type") String type,
            @JsonProperty("Score") @Nullable BigDecimal score,
            @JsonProperty("ID") @Nullable Long id,
            @JsonProperty("Item") long item,
            @JsonProperty("Points") @Nullable BigDecimal points,
            @JsonProperty("Excused") boolean excused,
            @JsonProperty("Comment") String comment,
            @JsonProperty("Version") @Nullable Long version,
            @JsonProperty("Time") @Nullable Instant time) {
        var isExtended = id != null && version != null;
        return new Grade(
                title,
                type,
                score == null && !isExtended ? Optional.of(BigDecimal.ZERO) : Optional.ofNullable(score),
                id == null ? 0 : id,
                item,
                points == null ? HUNDRED : points,
                excused,
                comment,
                version == null ? 0 : version,
                Optional.ofNullable(time));
    }

    /** Returns whether this service can change it. */
    boolean isChangeable() {
        return id > 0 && version > 0;
    }

    /** Returns whether it counts towards an average. */
    boolean counts() {
        return scored.isPresent() && !isExcused;
    }

    /** Returns the score with all its digits; a dash where there is none. */
    String scoreText() {
        return scored.map(BigDecimal::toPlainString).orElse("–");
    }

    /** Returns the score as the value of a form field. */
    String scoreField() {
        return scored.map(BigDecimal::toPlainString).orElse("");
    }

    /** Returns the score in percent of the points, for charts; 0 without a score. */
    double percent() {
        if (scored.isEmpty() || points.signum() <= 0) {
            return 0;
        }
        return scored.get()
                .multiply(HUNDRED)
                .divide(points, 4, RoundingMode.HALF_UP)
                .doubleValue();
    }

    static void check(BigDecimal number) {
        if (!isShowable(number)) {
            throw new IllegalArgumentException("a number is out of range");
        }
    }

    /** Returns an optional number; empty if there is none, or one that would fill the page. */
    static Optional<BigDecimal> ifShowable(@Nullable BigDecimal number) {
        return Optional.ofNullable(number).filter(Grade::isShowable);
    }

    private static boolean isShowable(BigDecimal number) {
        return Math.abs((long) number.precision() - number.scale()) <= EXPONENT_MAX && number.scale() <= EXPONENT_MAX;
    }
}
