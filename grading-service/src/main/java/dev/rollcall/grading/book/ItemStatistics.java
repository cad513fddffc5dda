package dev.rollcall.grading.book;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.UpperCamelCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import dev.rollcall.grading.sums.ScoreStatistics;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The statistics of the class for an item, without withdrawn students.
 *
 * @param count the number of scores that count
 * @param missing the number of students that have neither such a score nor an excuse
 * @param histogram by tenths of the item's points
 */
@JsonNaming(UpperCamelCaseStrategy.class)
public record ItemStatistics(
        Item item,
        int count,
        int missing,
        @Nullable BigDecimal mean,
        @Nullable BigDecimal median,
        @Nullable BigDecimal min,
        @Nullable BigDecimal max,
        List<Bucket> histogram) {
    public ItemStatistics {
        histogram = List.copyOf(histogram);
    }

    static List<ItemStatistics> of(AveragingRules rules, StudentEntry[] entries) {
        var tallies = new Tally[rules.items().size()];
        Arrays.setAll(tallies, index -> new Tally());
        var students = 0;
        for (var entry : entries) {
            if (!entry.person().withdrawn()) {
                students++;
                tally(entry.grades(), students, rules, tallies);
            }
        }
        var all = new ArrayList<ItemStatistics>();
        for (var index = 0; index < tallies.length; index++) {
            all.add(of(rules.items().get(index), tallies[index], students));
        }
        return List.copyOf(all);
    }

    private static void tally(Grades grades, int student, AveragingRules rules, Tally[] tallies) {
        for (var i = 0; i < grades.size(); i++) {
            if (grades.counts(i) || grades.excused[i]) {
                var tally = tallies[rules.indexOf(grades.items[i])];
                tally.countStudent(student);
                if (!grades.excused[i]) {
                    tally.add(grades.scores[i]);
                }
            }
        }
    }

    private static ItemStatistics of(Item item, Tally tally, int students) {
        var statistics = ScoreStatistics.of(tally.scores(), item.points().millionths());
        var buckets = new ArrayList<Bucket>();
        for (var i = 0; i < ScoreStatistics.BUCKETS; i++) {
            var width = 100 / ScoreStatistics.BUCKETS;
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
     * The number of scores between two percentages of an item's points.
     *
     * @param from inclusive
     * @param to exclusive, except for the last bucket, which includes all scores above
     */
    @JsonNaming(UpperCamelCaseStrategy.class)
    public record Bucket(int from, int to, int count) {}

    private static final class Tally {
        private long[] scores = new long[16];
        private int count;
        private int students;
        private int lastStudent;

        void add(long score) {
            if (count == scores.length) {
                scores = Arrays.copyOf(scores, 2 * count);
            }
            scores[count++] = score;
        }

        /** Counts a student once. The grades of one student come in succession. */
        void countStudent(int student) {
            students += lastStudent == student ? 0 : 1;
            lastStudent = student;
        }

        long[] scores() {
            return Arrays.copyOf(scores, count);
        }
    }
}
