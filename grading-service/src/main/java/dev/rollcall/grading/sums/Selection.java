package dev.rollcall.grading.sums;

/** Finds the k-th smallest number without sorting all (C. A. R. Hoare, Algorithm 65: Find, 1961). */
final class Selection {
    private Selection() {}

    /** The number that would stand at this place of the sorted array; the array is left in another order. */
    static long smallest(long[] numbers, int place) {
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
            if (place <= j) {
                high = j;
            } else if (place >= i) {
                low = i;
            } else {
                return numbers[place];
            }
        }
        return numbers[place];
    }
}
