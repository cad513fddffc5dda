package dev.rollcall.log.store;

/**
 * The producer of a request's records, and their sequences.
 *
 * @param producer one run of a log shipper; a UUID
 * @param first the sequence of the first record, from 1
 */
public record Numbering(String producer, long first, long last) {
    /** Throws {@link IllegalArgumentException} unless the sequences are a range. */
    public Numbering {
        if (first < 1 || last < first) {
            throw new IllegalArgumentException("sequences begin at 1 and ascend");
        }
    }

    /** Returns the number of sequences. There may be fewer records: one may stand for several dropped ones. */
    public long count() {
        return last - first + 1;
    }
}
