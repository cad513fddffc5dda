package dev.rollcall.grading.book;

import java.util.function.IntUnaryOperator;

/** Finds things by id among those that are in the order of their ids. */
final class ById {
    private ById() {}

    /** The place of an id; -1 if it isn't there. */
    static int place(int size, IntUnaryOperator idAt, int id) {
        var low = 0;
        var high = size - 1;
        while (low <= high) {
            var middle = (low + high) >>> 1;
            var order = Integer.compare(idAt.applyAsInt(middle), id);
            if (order == 0) {
                return middle;
            }
            if (order < 0) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return -1;
    }
}
