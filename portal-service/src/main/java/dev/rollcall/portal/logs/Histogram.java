package dev.rollcall.portal.logs;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.databind.JsonNode;
import dev.rollcall.portal.page.LogTime;
import dev.rollcall.wire.TimeText;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The number of records per level over time: the log service's counts, and their geometry in an SVG.
 *
 * @param bars one per interval, in order
 */
record Histogram(Instant since, Instant until, List<Bar> bars) {
    static final int WIDTH = 720;
    static final int HEIGHT = 100;

    Histogram {
        bars = List.copyOf(bars);
    }

    @JsonCreator
    static Histogram fromWire(
            @JsonProperty("since") @Nullable Instant since,
            @JsonProperty("until") @Nullable Instant until,
            @JsonProperty("buckets") @JsonSetter(nulls = Nulls.SET, contentNulls = Nulls.SET) @Nullable
                    List<JsonNode> buckets) {
        if (since == null || until == null || buckets == null) {
            throw new IllegalArgumentException("counts have since, until and buckets");
        }
        return new Histogram(since, until, buckets.stream().map(Histogram::bar).toList());
    }

    private static Bar bar(JsonNode bucket) {
        var since = TimeText.parse(bucket.path("since").asText());
        var errors = bucket.path("ERROR").asLong();
        var warnings = bucket.path("WARN").asLong();
        var others = bucket.path("INFO").asLong()
                + bucket.path("DEBUG").asLong()
                + bucket.path("TRACE").asLong();
        return new Bar(since, errors, warnings, others);
    }

    long total() {
        return bars.stream().mapToLong(Bar::total).sum();
    }

    /** Returns the non-empty bars, for the table. */
    List<Bar> filled() {
        return bars.stream().filter(bar -> bar.total() > 0).toList();
    }

    List<Rect> rects() {
        var highest = Math.max(1, bars.stream().mapToLong(Bar::total).max().orElse(1));
        var width = (double) WIDTH / Math.max(1, bars.size());
        var rects = new ArrayList<Rect>();
        for (var i = 0; i < bars.size(); i++) {
            var bar = bars.get(i);
            var y = (double) HEIGHT;
            y = stack(rects, "level-other", i * width, y, width, bar.others(), highest);
            y = stack(rects, "level-warn", i * width, y, width, bar.warnings(), highest);
            stack(rects, "level-error", i * width, y, width, bar.errors(), highest);
        }
        return rects;
    }

    private static double stack(
            List<Rect> rects, String kind, double x, double bottom, double width, long count, long highest) {
        if (count == 0) {
            return bottom;
        }
        // a count above 0 is always visible
        var height = Math.max(2, (double) HEIGHT * count / highest);
        rects.add(new Rect(kind, number(x), number(bottom - height), number(Math.max(1, width - 1)), number(height)));
        return bottom - height;
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }

    record Bar(Instant since, long errors, long warnings, long others) {
        long total() {
            return errors + warnings + others;
        }

        String begin() {
            return LogTime.dateAndSecond(since);
        }
    }

    record Rect(String kind, String x, String y, String width, String height) {}
}
