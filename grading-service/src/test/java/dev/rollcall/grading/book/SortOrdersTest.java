package dev.rollcall.grading.book;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.grading.book.StudentQuery.Order;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class SortOrdersTest {
    private static final int SEEDS = 500;

    @Test
    void givenAnyAverages_whenSorted_thenByThemThenByPlaceAndNoneLast() {
        for (var seed = 0; seed < SEEDS; seed++) {
            var random = new Random(seed);
            var averages = anyAverages(random);
            var descending = random.nextBoolean();

            var order = new SortOrders().indexes(Order.AVERAGE, descending, new StudentEntry[0], averages);

            Comparator<BigDecimal> direction = descending ? Comparator.reverseOrder() : Comparator.naturalOrder();
            assertThat(order)
                    .as("seed " + seed)
                    .isEqualTo(IntStream.range(0, averages.length)
                            .boxed()
                            .sorted(Comparator.comparing(i -> averages[i].soFar(), Comparator.nullsLast(direction)))
                            .mapToInt(Integer::intValue)
                            .toArray());
        }
    }

    @Test
    void givenNames_whenSorted_thenEqualOnesByPlaceEitherWay() {
        var pages = new StudentEntry[] {page(1, "Ångström"), page(2, "Zoe"), page(3, "angstrom"), page(4, "Abel")};

        assertThat(new SortOrders().indexes(Order.NAME, false, pages, new Average[0]))
                .containsExactly(3, 0, 2, 1);
        assertThat(new SortOrders().indexes(Order.NAME, true, pages, new Average[0]))
                .containsExactly(1, 0, 2, 3);
    }

    private static StudentEntry page(int id, String lastName) {
        return StudentEntry.of(new Person(id, "A", lastName, false, 1), Grades.NONE);
    }

    private static Average[] anyAverages(Random random) {
        var averages = new Average[random.nextInt(20)];
        var most = random.nextInt(4) == 0 ? Long.MAX_VALUE / 2 : 500;
        Arrays.setAll(averages, i -> random.nextInt(5) == 0 ? Average.NONE : average(random.nextLong(most)));
        return averages;
    }

    private static Average average(long hundredths) {
        return new Average(BigDecimal.valueOf(hundredths, 2), null, "A");
    }
}
