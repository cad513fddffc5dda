package dev.rollcall.grading;

import static dev.rollcall.grading.GradeType.HOMEWORK;
import static dev.rollcall.grading.GradeType.QUIZ;
import static dev.rollcall.grading.GradeType.TEST;

import java.math.BigDecimal;
import java.util.List;

/** The five students that a new gradebook holds, so that there is something to look at. */
final class SampleStudents {
    static final List<Student> ALL = List.of(
            new Student(
                    1,
                    "Averill",
                    "Simen",
                    List.of(
                            grade("Quiz 1", QUIZ, "85"),
                            grade("Week 1 Homework", HOMEWORK, "94"),
                            grade("Quiz 2", QUIZ, "88"))),
            new Student(
                    2,
                    "Maren",
                    "Holt",
                    List.of(
                            grade("Quiz 1", QUIZ, "100"),
                            grade("Week 1 Homework", HOMEWORK, "100"),
                            grade("Quiz 2", QUIZ, "81"))),
            new Student(
                    3,
                    "Tobias",
                    "Lindqvist",
                    List.of(
                            grade("Quiz 1", QUIZ, "67"),
                            grade("Week 1 Homework", HOMEWORK, "0"),
                            grade("Midterm", TEST, "75.5"))),
            new Student(
                    4,
                    "Chiara",
                    "Okafor",
                    List.of(
                            grade("Quiz 1", QUIZ, "98"),
                            grade("Week 1 Homework", HOMEWORK, "99"),
                            grade("Midterm", TEST, "94.25"))),
            new Student(
                    5,
                    "Samir",
                    "Delgado",
                    List.of(
                            grade("Quiz 1", QUIZ, "95"),
                            grade("Week 1 Homework", HOMEWORK, "97"),
                            grade("Quiz 2", QUIZ, "96.5"))));

    private SampleStudents() {}

    private static Grade grade(String title, GradeType type, String score) {
        return new Grade(title, type, new Score(new BigDecimal(score)));
    }
}
