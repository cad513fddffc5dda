package dev.rollcall.log.store;

/**
 * Whose records a submission brings, and which.
 *
 * @param producer one run of a log shipper; a UUID
 * @param first the sequence of the first record, from 1
 * @param last the sequence of the last record
 */
public record Numbering(String producer, long first, long last) {
    /** Throws {@link IllegalArgumentException} unless the sequences are a range. */
    public Numbering {
        if (first < 1 || last < first) {
            throw new IllegalArgumentException("sequences begin at 1 and ascend");
        }
    }

    /** How many sequences these are; of records perhaps fewer, since one may stand for several that were dropped. */
    public long count() {
        return last - first + 1;
    }
}
