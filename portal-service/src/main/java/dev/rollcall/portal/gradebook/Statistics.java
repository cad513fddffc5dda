package dev.rollcall.portal.gradebook;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.UpperCamelCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The statistics of one item.
 *
 * @param item the item
 * @param count the number of grades that count
 * @param missing the number of students without one
 * @param mean the mean score
 * @param median the median score
 * @param min the lowest score
 * @param max the highest score
 * @param histogram the number of grades in each tenth of the points
 */
record Statistics(
        Item item,
        long count,
        long missing,
        Optional<BigDecimal> mean,
        Optional<BigDecimal> median,
        Optional<BigDecimal> min,
        Optional<BigDecimal> max,
        List<Bucket> histogram) {
    private static final int DECIMALS = 2;

    Statistics {
        histogram = List.copyOf(histogram);
    }

    @JsonCreator
    static Statistics fromWire(
            @JsonProperty("Item") @Nullable Item item,
            @JsonProperty("Count") long count,
            @JsonProperty("Missing") long missing,
            @JsonProperty("Mean") @Nullable BigDecimal mean,
            @JsonProperty("Median") @Nullable BigDecimal median,
            @JsonProperty("Min") @Nullable BigDecimal min,
            @JsonProperty("Max") @Nullable BigDecimal max,
            @JsonProperty("Histogram") List<Bucket> histogram) {
        if (item == null) {
            throw new IllegalArgumentException("statistics have an Item");
        }
        return new Statistics(
                item,
                count,
                missing,
                Grade.ifShowable(mean),
                Grade.ifShowable(median),
                Grade.ifShowable(min),
                Grade.ifShowable(max),
                histogram);
    }

    /** Returns a number as text with at most two decimals; a dash where there is none. */
    static String text(Optional<BigDecimal> number) {
        return number.map(n -> n.scale() > DECIMALS ? n.setScale(DECIMALS, RoundingMode.HALF_UP) : n)
                .map(BigDecimal::toPlainString)
                .orElse("–");
    }

    /** Returns the largest bucket's count, at least 1. */
    long highest() {
        return Math.max(1, histogram.stream().mapToLong(Bucket::count).max().orElse(1));
    }

    /** A tenth of the points, in percent. */
    @JsonNaming(UpperCamelCaseStrategy.class)
    record Bucket(BigDecimal from, BigDecimal to, long count) {
        Bucket {
            from = Grade.ifShowable(from).orElse(BigDecimal.ZERO);
            to = Grade.ifShowable(to).orElse(BigDecimal.ZERO);
        }
    }
}
