package dev.rollcall.grading.book;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import dev.rollcall.grading.sums.ScoreStatistics;
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

    static List<ItemStatistics> of(AveragingRules averagingRules, StudentEntry[] pages) {
        var tallies = new Tally[averagingRules.items().size()];
        Arrays.setAll(tallies, place -> new Tally());
        var students = 0;
        for (var studentEntry : pages) {
            if (!studentEntry.person().withdrawn()) {
                students++;
                tally(studentEntry.grades(), students, averagingRules, tallies);
            }
        }
        var all = new ArrayList<ItemStatistics>();
        for (var place = 0; place < tallies.length; place++) {
            all.add(of(averagingRules.items().get(place), tallies[place], students));
        }
        return List.copyOf(all);
    }

    private static void tally(Grades grades, int student, AveragingRules averagingRules, Tally[] tallies) {
        for (var i = 0; i < grades.size(); i++) {
            if (grades.counts(i) || grades.excused[i]) {
                var tally = tallies[averagingRules.place(grades.items[i])];
                tally.seen(student);
                if (!grades.excused[i]) {
                    tally.add(grades.scores[i]);
                }
            }
        }
    }

    private static ItemStatistics of(Item item, Tally tally, int students) {
        var scoreStatistics = ScoreStatistics.of(tally.scores(), item.points().millionths());
        var buckets = new ArrayList<Bucket>();
        for (var i = 0; i < ScoreStatistics.BUCKETS; i++) {
            var width = 100 / ScoreStatistics.BUCKETS;
            buckets.add(new Bucket(
                    i * width, (i + 1) * width, scoreStatistics.histogram().get(i)));
        }
        return new ItemStatistics(
                item,
                scoreStatistics.count(),
                students - tally.students,
                scoreStatistics.mean().orElse(null),
                scoreStatistics.median().orElse(null),
                scoreStatistics.min().orElse(null),
                scoreStatistics.max().orElse(null),
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
