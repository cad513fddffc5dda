package dev.rollcall.grading.sums;

/** Finds the k-th smallest number without sorting all numbers (C. A. R. Hoare, Algorithm 65: Find, 1961). */
final class Selection {
    private Selection() {}

    /** Returns the number at this index of the sorted array. Reorders the array. */
    static long smallest(long[] numbers, int index) {
        var low = 0;
        var high = numbers.length - 1;
        while (low < high) {
            var pivot = numbers[(low + high) >>> 1];
            var i = low;
            var j = high;
            while (i <= j) {
                while (numbers[i] < pivot) {
                    i++;
                }
                while (numbers[j] > pivot) {
                    j--;
                }
                if (i <= j) {
                    var swapped = numbers[i];
                    numbers[i++] = numbers[j];
                    numbers[j--] = swapped;
                }
            }
            if (index <= j) {
                high = j;
            } else if (index >= i) {
                low = i;
            } else {
                return numbers[index];
            }
        }
        return numbers[index];
    }
}
