package dev.rollcall.grading.book;

import static dev.rollcall.grading.book.GradeType.HOMEWORK;
import static dev.rollcall.grading.book.GradeType.QUIZ;
import static dev.rollcall.grading.book.GradeType.TEST;

import java.math.BigDecimal;
import java.sql.SQLException;
import java.util.List;

/** The five sample students of a new gradebook. */
final class SampleStudents {
    private static final List<Sample> ALL = List.of(
            sample("Averill", "Simen", quiz(1, "85"), homework("94"), quiz(2, "88")),
            sample("Maren", "Holt", quiz(1, "100"), homework("100"), quiz(2, "81")),
            sample("Tobias", "Lindqvist", quiz(1, "67"), homework("0"), midterm("75.5")),
            sample("Chiara", "Okafor", quiz(1, "98"), homework("99"), midterm("94.25")),
            sample("Samir", "Delgado", quiz(1, "95"), homework("97"), quiz(2, "96.5")));

    private SampleStudents() {}

    static void addTo(RecordedChange change) throws SQLException {
        for (var sample : ALL) {
            var person = StudentChanges.add(change, sample.firstName(), sample.lastName());
            for (var grade : sample.grades()) {
                var item = SettingChanges.findOrAddItem(change, grade.title(), grade.type());
                GradeChanges.add(change, person.id(), item, GradeEdit.score(grade.score()), Integer.MAX_VALUE);
            }
        }
    }

    private static Sample sample(String firstName, String lastName, SampleGrade... grades) {
        return new Sample(firstName, lastName, List.of(grades));
    }

    private static SampleGrade quiz(int number, String score) {
        return new SampleGrade("Quiz " + number, QUIZ, new Score(new BigDecimal(score)));
    }

    private static SampleGrade homework(String score) {
        return new SampleGrade("Week 1 Homework", HOMEWORK, new Score(new BigDecimal(score)));
    }

    private static SampleGrade midterm(String score) {
        return new SampleGrade("Midterm", TEST, new Score(new BigDecimal(score)));
    }

    private record Sample(String firstName, String lastName, List<SampleGrade> grades) {}

    private record SampleGrade(String title, GradeType type, Score score) {}
}
