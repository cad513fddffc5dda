package dev.rollcall.portal.gradebook;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One grade, as any grading service tells it; what is missing is empty or 0, as the plain layer has it.
 *
 * @param title what it was given for
 * @param type the kind of work, by its name
 * @param scored the points reached; empty for an excused one that never had any
 * @param id its number; 0 from a plain service
 * @param item the graded item's number; 0 from a plain service
 * @param points what can be reached
 * @param isExcused whether it doesn't count
 * @param comment a note to it
 * @param version up by one a change; 0 from a plain service, where nothing can be changed
 * @param given when; empty from a plain service
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
    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    /** Throws {@link IllegalArgumentException} for a number that would fill the page with zeros. */
    Grade {
        scored.ifPresent(Grade::check);
        check(points);
    }

    @JsonCreator
    static Grade fromWire(
            @JsonProperty("Title") @Nullable String title,
            @JsonProperty("Type") @Nullable String type,
            @JsonProperty("Score") @Nullable BigDecimal score,
            @JsonProperty("ID") @Nullable Long id,
            @JsonProperty("Item") @Nullable Long item,
            @JsonProperty("Points") @Nullable BigDecimal points,
            @JsonProperty("Excused") @Nullable Boolean excused,
            @JsonProperty("Comment") @Nullable String comment,
            @JsonProperty("Version") @Nullable Long version,
            @JsonProperty("Time") @Nullable Instant time) {
        var isExtended = id != null && version != null;
        return new Grade(
                title == null ? "" : title,
                type == null ? "" : type,
                score == null && !isExtended ? Optional.of(BigDecimal.ZERO) : Optional.ofNullable(score),
                id == null ? 0 : id,
                item == null ? 0 : item,
                points == null ? HUNDRED : points,
                excused != null && excused,
                comment == null ? "" : comment,
                version == null ? 0 : version,
                Optional.ofNullable(time));
    }

    /** Whether this service lets it be changed. */
    boolean isChangeable() {
        return id > 0 && version > 0;
    }

    /** Whether it counts towards an average. */
    boolean counts() {
        return scored.isPresent() && !isExcused;
    }

    /** The score as a teacher writes it, all of its digits; a dash where there is none. */
    String scoreText() {
        return scored.map(BigDecimal::toPlainString).orElse("–");
    }

    /** The score as a field is filled with. */
    String scoreField() {
        return scored.map(BigDecimal::toPlainString).orElse("");
    }

    /** The score in percent of the points, for charts; 0 without score. */
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
            throw new IllegalArgumentException("a number beyond all bounds");
        }
    }

    /** A number of a kind without which a page can be shown; empty if there is none, or one that would fill the page. */
    static Optional<BigDecimal> ifShowable(@Nullable BigDecimal number) {
        return Optional.ofNullable(number).filter(Grade::isShowable);
    }

    private static boolean isShowable(BigDecimal number) {
        return Math.abs((long) number.precision() - number.scale()) <= EXPONENT_MAX && number.scale() <= EXPONENT_MAX;
    }
}
