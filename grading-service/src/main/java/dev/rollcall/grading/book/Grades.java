package dev.rollcall.grading.book;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A student's grades in columns, ordered by id. A grade takes about 30 bytes, so that those of a large school fit into
 * memory. Immutable once built.
 */
final class Grades {
    static final long NO_SCORE = -1;
    static final Grades NONE = new Grades(0);

    final int[] ids;
    final int[] items;
    /** In millionths, or {@link #NO_SCORE}. */
    final long[] scores;

    final boolean[] excused;
    final int[] versions;
    /** Microseconds since 1970. */
    final long[] times;

    /** Null while all comments are empty. */
    private String @Nullable [] comments;

    private Grades(int size) {
        ids = new int[size];
        items = new int[size];
        scores = new long[size];
        excused = new boolean[size];
        versions = new int[size];
        times = new long[size];
    }

    int size() {
        return ids.length;
    }

    /** Returns whether a grade has a score and is not excused. */
    boolean counts(int index) {
        return scores[index] != NO_SCORE && !excused[index];
    }

    String comment(int index) {
        return comments == null ? "" : comments[index];
    }

    /** Returns the index of the latest grade for an item, or -1. */
    int latestFor(int item) {
        for (var index = ids.length - 1; index >= 0; index--) {
            if (items[index] == item) {
                return index;
            }
        }
        return -1;
    }

    Grade grade(int index, Item item) {
        return new Grade(
                item.title(),
                item.type(),
                scores[index] == NO_SCORE ? null : Score.ofMillionths(scores[index]),
                ids[index],
                item.id(),
                item.points(),
                excused[index],
                comment(index),
                versions[index],
                Tables.instant(times[index]));
    }

    /** Collects grades in the order of their ids. */
    static final class Builder {
        private Grades grades = new Grades(64);
        private int size;
        private boolean hasComments;

        void add(int id, int item, long score, boolean excused, String comment, int version, long time) {
            if (size == grades.size()) {
                grades = copy(grades, 2 * size, size, hasComments);
            }
            grades.ids[size] = id;
            grades.items[size] = item;
            grades.scores[size] = score;
            grades.excused[size] = excused;
            grades.versions[size] = version;
            grades.times[size] = time;
            if (!comment.isEmpty() && grades.comments == null) {
                grades.comments = emptyTexts(grades.size());
                hasComments = true;
            }
            if (grades.comments != null) {
                grades.comments[size] = comment;
            }
            size++;
        }

        /** Returns the collected grades, and starts over. */
        Grades build() {
            var built = size == 0 ? NONE : copy(grades, size, size, hasComments);
            size = 0;
            hasComments = false;
            grades.comments = null;
            return built;
        }

        private static Grades copy(Grades from, int size, int used, boolean withComments) {
            var to = new Grades(size);
            System.arraycopy(from.ids, 0, to.ids, 0, used);
            System.arraycopy(from.items, 0, to.items, 0, used);
            System.arraycopy(from.scores, 0, to.scores, 0, used);
            System.arraycopy(from.excused, 0, to.excused, 0, used);
            System.arraycopy(from.versions, 0, to.versions, 0, used);
            System.arraycopy(from.times, 0, to.times, 0, used);
            if (withComments && from.comments != null) {
                to.comments = emptyTexts(size);
                System.arraycopy(from.comments, 0, to.comments, 0, used);
            }
            return to;
        }

        private static String[] emptyTexts(int size) {
            var texts = new String[size];
            Arrays.fill(texts, "");
            return texts;
        }
    }
}
