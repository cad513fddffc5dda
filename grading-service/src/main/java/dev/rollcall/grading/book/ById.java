package dev.rollcall.grading.book;

import java.util.function.IntUnaryOperator;

/** Binary search by id. */
final class ById {
    private ById() {}

    /** Returns the index of an id, or -1. */
    static int indexOf(int size, IntUnaryOperator idAt, int id) {
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
