package dev.rollcall.grading.book;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import dev.rollcall.grading.sums.Statistics;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the class has scored in an item; withdrawn students don't count.
 *
 * @param count scores that count
 * @param missing students who have neither such a score nor are excused
 * @param histogram by tenths of the item's points
 */
@JsonPropertyOrder({"Item", "Count", "Missing", "Mean", "Median", "Min", "Max", "Histogram"})
public record ItemStatistics(
        @JsonProperty("Item") Item item,
        @JsonProperty("Count") int count,
        @JsonProperty("Missing") int missing,
        @JsonProperty("Mean") @Nullable BigDecimal mean,
        @JsonProperty("Median") @Nullable BigDecimal median,
        @JsonProperty("Min") @Nullable BigDecimal min,
        @JsonProperty("Max") @Nullable BigDecimal max,
        @JsonProperty("Histogram") List<Bucket> histogram) {
    /** Copies. */
    public ItemStatistics {
        histogram = List.copyOf(histogram);
    }

    static List<ItemStatistics> of(Settings settings, Page[] pages) {
        var tallies = new Tally[settings.items().size()];
        Arrays.setAll(tallies, place -> new Tally());
        var students = 0;
        for (var page : pages) {
            if (!page.person().withdrawn()) {
                students++;
                tally(page.grades(), students, settings, tallies);
            }
        }
        var all = new ArrayList<ItemStatistics>();
        for (var place = 0; place < tallies.length; place++) {
            all.add(of(settings.items().get(place), tallies[place], students));
        }
        return List.copyOf(all);
    }

    private static void tally(Grades grades, int student, Settings settings, Tally[] tallies) {
        for (var i = 0; i < grades.size(); i++) {
            if (grades.counts(i) || grades.excused[i]) {
                var tally = tallies[settings.place(grades.items[i])];
                tally.seen(student);
                if (!grades.excused[i]) {
                    tally.add(grades.scores[i]);
                }
            }
        }
    }

    private static ItemStatistics of(Item item, Tally tally, int students) {
        var statistics = Statistics.of(tally.scores(), item.points().millionths());
        var buckets = new ArrayList<Bucket>();
        for (var i = 0; i < Statistics.BUCKETS; i++) {
            var width = 100 / Statistics.BUCKETS;
            buckets.add(new Bucket(
                    i * width, (i + 1) * width, statistics.histogram().get(i)));
        }
        return new ItemStatistics(
                item,
                statistics.count(),
                students - tally.students,
                statistics.mean().orElse(null),
                statistics.median().orElse(null),
                statistics.min().orElse(null),
                statistics.max().orElse(null),
                buckets);
    }

    /**
     * How many scores lie between two percentages of an item's points.
     *
     * @param from inclusive
     * @param to exclusive, but for the last one, which has all above too
     */
    @JsonPropertyOrder({"From", "To", "Count"})
    public record Bucket(
            @JsonProperty("From") int from,
            @JsonProperty("To") int to,
            @JsonProperty("Count") int count) {}

    private static final class Tally {
        private long[] scores = new long[16];
        private int count;
        private int students;
        private int last;

        void add(long score) {
            if (count == scores.length) {
                scores = Arrays.copyOf(scores, 2 * count);
            }
            scores[count++] = score;
        }

        /** Students come one after the other. */
        void seen(int student) {
            students += last == student ? 0 : 1;
            last = student;
        }

        long[] scores() {
            return Arrays.copyOf(scores, count);
        }
    }
}
