package dev.rollcall.shipping;

/** A record as it is sent: one line of JSON without the line end. */
final class EncodedRecord implements SpillEntry {
    private static final int OVERHEAD_BYTES = 32;

    private final long sequence;
    private final byte[] json;

    /** Creates a record that owns the array. */
    EncodedRecord(long sequence, byte[] json) {
        this.sequence = sequence;
        this.json = json;
    }

    @Override
    public long first() {
        return sequence;
    }

    @Override
    public long last() {
        return sequence;
    }

    @Override
    public int bytes() {
        return json.length + OVERHEAD_BYTES;
    }

    /** Returns the array itself, which must not be changed. */
    byte[] json() {
        return json;
    }
}
