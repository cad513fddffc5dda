package dev.rollcall.grading;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

final class GradebookTest {
    private static final Grade GRADE = new Grade("T1", GradeType.TEST, new Score(new BigDecimal("85.5")));

    @Test
    void givenSamples_whenNothingChanged_thenTheSameListIsGiven() {
        var gradebook = Gradebook.inMemory(SampleStudents.ALL, 100);

        var students = gradebook.students();

        assertThat(students).isEqualTo(SampleStudents.ALL).isSameAs(gradebook.students());
    }

    @Test
    void givenStudent_whenGradeIsAdded_thenItIsTheLastEverywhereAndEarlierListsStay() {
        var gradebook = Gradebook.inMemory(SampleStudents.ALL, 100);
        var before = gradebook.students();

        var addition = gradebook.add(2, GRADE);

        assertThat(addition).isEqualTo(new Gradebook.Added(GRADE));
        assertThat(gradebook.student(2).orElseThrow().grades()).hasSize(4).endsWith(GRADE);
        assertThat(gradebook.students().get(1).grades()).hasSize(4).endsWith(GRADE);
        assertThat(before).isEqualTo(SampleStudents.ALL);
    }

    @Test
    void givenUnknownStudent_whenGradeIsAdded_thenNothingChanges() {
        var gradebook = Gradebook.inMemory(SampleStudents.ALL, 100);

        var addition = gradebook.add(6, GRADE);

        assertThat(addition).isEqualTo(new Gradebook.NoSuchStudent());
        assertThat(gradebook.student(6)).isEmpty();
        assertThat(gradebook.students()).isEqualTo(SampleStudents.ALL);
    }

    @Test
    void givenRoomForOneMore_whenTwoGradesAreAdded_thenTheSecondIsRefused() {
        var gradebook = Gradebook.inMemory(SampleStudents.ALL, 16);

        var first = gradebook.add(1, GRADE);
        var second = gradebook.add(2, GRADE);

        assertThat(first).isEqualTo(new Gradebook.Added(GRADE));
        assertThat(second).isEqualTo(new Gradebook.Full());
        assertThat(gradebook.student(2)).contains(SampleStudents.ALL.get(1));
    }

    @Test
    void givenManyThreads_whenAllAddAndRead_thenNoGradeIsLost() throws Exception {
        var gradebook = Gradebook.inMemory(SampleStudents.ALL, 10_000);
        var threads = Executors.newFixedThreadPool(4);
        var start = new CountDownLatch(1);
        List<Future<?>> adders = List.of(
                threads.submit(() -> addMany(gradebook, start)),
                threads.submit(() -> addMany(gradebook, start)),
                threads.submit(() -> addMany(gradebook, start)));

        start.countDown();
        for (var adder : adders) {
            adder.get();
        }
        threads.shutdownNow();

        assertThat(gradebook.students().get(0).grades()).hasSize(3 + 3 * 500);
    }

    private static Void addMany(Gradebook gradebook, CountDownLatch start) throws InterruptedException {
        start.await();
        for (var i = 0; i < 500; i++) {
            gradebook.add(1, GRADE);
            gradebook.students();
        }
        return null;
    }
}
