package dev.rollcall.log.store;

/** The form of a segment's file. */
enum SegmentForm {
    /** Lines, as they were stored. */
    RAW(0, ".ndjson"),
    /** The same lines compressed: each block a gzip member (RFC 1952), so that {@code zcat} reads the whole file. */
    SEALED(1, ".ndjson.gz");

    private final int code;
    private final String ending;

    SegmentForm(int code, String ending) {
        this.code = code;
        this.ending = ending;
    }

    /** Returns the code of the form in an index. */
    int code() {
        return code;
    }

    static SegmentForm of(int code) {
        return code == RAW.code ? RAW : SEALED;
    }

    String file(long segment) {
        return FileNames.stem(segment) + ending;
    }
}
