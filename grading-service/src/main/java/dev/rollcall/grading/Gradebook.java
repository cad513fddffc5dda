package dev.rollcall.grading;

import java.util.List;
import java.util.Optional;

/** Where students and grades are kept. Thread-safe. */
interface Gradebook extends AutoCloseable {
    /** All students with all their grades, by id; the same list as long as nothing changed. */
    List<Student> students();

    /** One student, if there is one of this id. */
    Optional<Student> student(int id);

    /** Adds a grade at the end of a student's; once this has returned {@link Added}, every reader sees it. */
    Addition add(int studentId, Grade grade);

    @Override
    void close();

    /** A gradebook that lasts as long as the process, with these students to begin with. */
    static Gradebook inMemory(List<Student> students, int gradesMax) {
        return new MemoryGradebook(students, gradesMax);
    }

    /** What became of adding a grade. */
    sealed interface Addition permits Added, NoSuchStudent, Full {}

    /** It is in the book. */
    record Added(Grade grade) implements Addition {}

    /** There is no student of this id; nothing was done. */
    record NoSuchStudent() implements Addition {}

    /** The book holds as many grades as it can; nothing was done. */
    record Full() implements Addition {}
}
