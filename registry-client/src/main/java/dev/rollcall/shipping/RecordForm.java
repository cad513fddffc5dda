package dev.rollcall.shipping;

/** The form in which records are sent to the current log service. */
enum RecordForm {
    /** Batch support is unknown: one record in the plain form, to see whether the response has {@code Log-Ack}. */
    HANDSHAKE,
    /** One record per request, in the plain form. */
    PLAIN,
    /** Many records per request, one JSON object per line. */
    BATCH
}
