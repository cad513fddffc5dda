package dev.rollcall.shipping;

import dev.rollcall.shipping.DeliveryResult.Responded;
import dev.rollcall.wire.HttpUrl;
import java.time.Duration;
import java.util.Optional;

/**
 * Decides when the oldest records are sent, in which form, and what a response means for them. Reads no clock and sends
 * nothing. Not thread-safe.
 *
 * <pre>
 *                    200 with Log-Ack
 *   HANDSHAKE ───────────────────────────▶ BATCH
 *    │   ▲ ▲                                 │
 *    │   │ └── no response, new address, ────┘
 *    │   │     200 without Log-Ack
 *    │   └──── no response, new address ─────┐
 *    │ 200 without Log-Ack                   │
 *    └─────────────────────────────────────▶ PLAIN ── 200 with Log-Ack ──▶ BATCH
 * </pre>
 */
final class DeliveryPolicy {
    private static final Duration RETRY_AFTER_MAX = Duration.ofMinutes(1);
    private static final int ENTRIES_MAX = 10_000;

    private final ShippingPace pace;
    private final Backoff backoff;
    private RecordForm recordForm = RecordForm.HANDSHAKE;
    private Optional<HttpUrl> address = Optional.empty();
    private Optional<ProducerOrigin> origin = Optional.empty();
    private int entriesMax = ENTRIES_MAX;
    private int failures;
    private long notBeforeNanos;
    private boolean isPaused;

    DeliveryPolicy(ShippingPace pace, Backoff backoff) {
        this.pace = pace;
        this.backoff = backoff;
    }

    /** Returns the nanoseconds until the next request is due, 0 or less if now. The outbox must not be empty. */
    long nanosUntilDue(RunOutbox runOutbox, long nowNanos, boolean isHurried) {
        var pause = isPaused ? notBeforeNanos - nowNanos : 0;
        if (isHurried || recordForm != RecordForm.BATCH || runOutbox.isDue(pace.batchBytesMax())) {
            return pause;
        }
        var age = nowNanos - runOutbox.oldestNanos().orElse(nowNanos);
        return Math.max(pause, pace.batchDelay().toNanos() - age);
    }

    /** Returns the next request to an address. The outbox must not be empty. */
    LogRequest nextRequest(HttpUrl to, RunOutbox runOutbox) {
        // a process that ended may have sent a part of this outbox: the first response shows how much
        if (!address.equals(Optional.of(to)) || !origin.equals(Optional.of(runOutbox.origin()))) {
            address = Optional.of(to);
            origin = Optional.of(runOutbox.origin());
            recordForm = RecordForm.HANDSHAKE;
        }
        var count = recordForm == RecordForm.BATCH ? entriesMax : 1;
        return new LogRequest(to, recordForm, runOutbox.origin(), runOutbox.head(pace.batchBytesMax(), count));
    }

    /** Delays sending for a moment because no log service is known. */
    void postpone(long nowNanos) {
        pause(pace.retryMin().toNanos(), nowNanos);
    }

    /** Makes pending retries due now. */
    void skipWaiting() {
        isPaused = false;
        failures = 0;
    }

    /** Returns the number of failures since the last success. */
    int failures() {
        return failures;
    }

    /** Applies the result of a request. */
    void apply(LogRequest logRequest, DeliveryResult deliveryResult, RunOutbox runOutbox, long nowNanos) {
        isPaused = false;
        if (deliveryResult instanceof Responded response) {
            responded(logRequest, response, runOutbox, nowNanos);
        } else {
            recordForm = RecordForm.HANDSHAKE;
            fail(nowNanos);
        }
    }

    private void responded(LogRequest logRequest, Responded response, RunOutbox runOutbox, long nowNanos) {
        if (response.ack().isPresent() && (response.isSuccess() || response.status() == 409)) {
            recordForm = RecordForm.BATCH;
            acknowledged(response, runOutbox, nowNanos);
        } else if (response.isSuccess()) {
            recordForm = logRequest.form() == RecordForm.BATCH ? RecordForm.HANDSHAKE : RecordForm.PLAIN;
            succeed(logRequest.last(), runOutbox);
        } else if (isAboutTheRecords(response.status())) {
            rejected(logRequest, response.status(), runOutbox);
        } else if (response.retryAfter().isPresent()) {
            failures++;
            pause(bounded(response.retryAfter().get()), nowNanos);
        } else {
            fail(nowNanos);
        }
    }

    private void acknowledged(Responded response, RunOutbox runOutbox, long nowNanos) {
        var ack = response.ack().orElseThrow();
        if (ack >= runOutbox.firstSequence()) {
            succeed(ack, runOutbox);
        } else if (!response.isSuccess() && ack < runOutbox.firstSequence() - 1) {
            runOutbox.announceForgotten(ack);
        } else {
            // no progress: only a repetition of the same request is left
            fail(nowNanos);
        }
    }

    /** Halves the batch until the rejected record is alone, then drops it, so that it can't block the others. */
    private void rejected(LogRequest logRequest, int status, RunOutbox runOutbox) {
        if (logRequest.entries().size() > 1) {
            entriesMax = logRequest.entries().size() / 2;
        } else {
            runOutbox.dropHead("the log service answered " + status);
        }
    }

    private void succeed(long ack, RunOutbox runOutbox) {
        runOutbox.acknowledge(ack);
        entriesMax = Math.min(ENTRIES_MAX, entriesMax * 2);
        failures = 0;
    }

    private void fail(long nowNanos) {
        failures++;
        pause(backoff.nanosAfter(failures), nowNanos);
    }

    private void pause(long nanos, long nowNanos) {
        isPaused = true;
        notBeforeNanos = nowNanos + nanos;
    }

    private static long bounded(Duration requested) {
        // compared as durations: not every number of seconds fits into a long of nanoseconds
        return (requested.compareTo(RETRY_AFTER_MAX) < 0 ? requested : RETRY_AFTER_MAX).toNanos();
    }

    /**
     * Whether a status rejects the records themselves. Others (404, 405, 401 …) mean that this is not a log service, or
     * that it is not ready.
     */
    private static boolean isAboutTheRecords(int status) {
        return status == 400 || status == 409 || status == 413 || status == 415 || status == 422 || status == 431;
    }
}
