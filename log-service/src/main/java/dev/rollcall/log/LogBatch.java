package dev.rollcall.log;

import dev.rollcall.log.store.AppendRequest;
import java.util.List;

/**
 * The records of one request body, ready for the store.
 *
 * @param rejectedLines the lines that are not stored, with the reason
 */
record LogBatch(AppendRequest appendRequest, List<RejectedLine> rejectedLines) {
    /** Copies the list. */
    LogBatch {
        rejectedLines = List.copyOf(rejectedLines);
    }
}
