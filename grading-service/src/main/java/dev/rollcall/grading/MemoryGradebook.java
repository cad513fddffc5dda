package dev.rollcall.grading;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A gradebook in memory. Adding costs the same however many grades there are; the next reader copies. */
final class MemoryGradebook implements Gradebook {
    private final TreeMap<Integer, Page> pages = new TreeMap<>();
    private final int gradesMax;
    private int grades;
    private volatile @Nullable List<Student> snapshot;

    MemoryGradebook(List<Student> students, int gradesMax) {
        this.gradesMax = gradesMax;
        for (var student : students) {
            pages.put(student.id(), new Page(student, new ArrayList<>(student.grades())));
            grades += student.grades().size();
        }
    }

    @Override
    public List<Student> students() {
        var current = snapshot;
        return current == null ? takeSnapshot() : current;
    }

    @Override
    public synchronized Optional<Student> student(int id) {
        return Optional.ofNullable(pages.get(id)).map(Page::asStudent);
    }

    @Override
    public synchronized Addition add(int studentId, Grade grade) {
        var page = pages.get(studentId);
        if (page == null) {
            return new NoSuchStudent();
        }
        if (grades >= gradesMax) {
            return new Full();
        }
        page.grades().add(grade);
        grades++;
        snapshot = null;
        return new Added(grade);
    }

    @Override
    public void close() {
        // memory needs no closing
    }

    private synchronized List<Student> takeSnapshot() {
        var taken = pages.values().stream().map(Page::asStudent).toList();
        snapshot = taken;
        return taken;
    }

    /** A student's page: who it is, and the grades as they grow. */
    private record Page(Student student, List<Grade> grades) {
        Student asStudent() {
            return new Student(student.id(), student.firstName(), student.lastName(), grades);
        }
    }
}
