package dev.rollcall.log.store;

/** What a segment's file is. */
enum Form {
    /** Lines, as they were stored. */
    RAW(".ndjson"),
    /** The same lines compressed: each block a gzip member (RFC 1952), so that {@code zcat} reads the whole. */
    SEALED(".ndjson.gz");

    private final String ending;

    Form(String ending) {
        this.ending = ending;
    }

    String file(long segment) {
        return FileNames.stem(segment) + ending;
    }
}
