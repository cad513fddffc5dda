package dev.rollcall.shipping;

/** How records are written to the log service that is there now. */
enum RecordForm {
    /** Not known yet whether it understands batches: one record in the plain form, to see whether it acknowledges. */
    HANDSHAKE,
    /** One record a request, in the plain form. */
    PLAIN,
    /** Many records a request, one JSON object a line. */
    BATCH
}
