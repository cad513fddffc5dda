package dev.rollcall.shipping;

import dev.rollcall.shipping.DeliveryResult.Answered;
import dev.rollcall.wire.HttpUrl;
import java.time.Duration;
import java.util.Optional;

/**
 * Decides when the backlog's oldest records leave, in which form, and what an answer means for them. Reads no clock and
 * sends nothing; not thread-safe.
 *
 * <pre>
 *                    200 with Log-Ack
 *   HANDSHAKE ───────────────────────────▶ BATCH
 *    │   ▲ ▲                                 │
 *    │   │ └── no answer, another address, ──┘
 *    │   │     200 without Log-Ack
 *    │   └──── no answer, another address ───┐
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

    /** A courier that knows no log service yet. */
    DeliveryPolicy(ShippingPace pace, Backoff backoff) {
        this.pace = pace;
        this.backoff = backoff;
    }

    /** How long until the next parcel should leave; not positive if now. The backlog isn't empty. */
    long nanosUntilDue(RunOutbox runOutbox, long nowNanos, boolean hurried) {
        var pause = isPaused ? notBeforeNanos - nowNanos : 0;
        if (hurried || recordForm != RecordForm.BATCH || runOutbox.isDue(pace.batchBytesMax())) {
            return pause;
        }
        var age = nowNanos - runOutbox.oldestNanos().orElse(nowNanos);
        return Math.max(pause, pace.batchDelay().toNanos() - age);
    }

    /** The next parcel to an address; the backlog isn't empty. */
    LogRequest parcel(HttpUrl to, RunOutbox runOutbox) {
        // another run's records may have been sent by a process that has ended: the handshake shows how far
        if (!address.equals(Optional.of(to)) || !origin.equals(Optional.of(runOutbox.origin()))) {
            address = Optional.of(to);
            origin = Optional.of(runOutbox.origin());
            recordForm = RecordForm.HANDSHAKE;
        }
        var count = recordForm == RecordForm.BATCH ? entriesMax : 1;
        return new LogRequest(to, recordForm, runOutbox.origin(), runOutbox.head(pace.batchBytesMax(), count));
    }

    /** No log service is known: everything is held back for a moment. */
    void nowhere(long nowNanos) {
        pause(pace.retryMin().toNanos(), nowNanos);
    }

    /** The end is near: what waits for a later try is tried now. */
    void skipWaiting() {
        isPaused = false;
        failures = 0;
    }

    /** Failed attempts since the last one that got records across. */
    int failures() {
        return failures;
    }

    /** Draws the consequences of a parcel's outcome. */
    void conclude(LogRequest logRequest, DeliveryResult deliveryResult, RunOutbox runOutbox, long nowNanos) {
        isPaused = false;
        if (deliveryResult instanceof Answered answered) {
            answered(logRequest, answered, runOutbox, nowNanos);
        } else {
            recordForm = RecordForm.HANDSHAKE;
            fail(nowNanos);
        }
    }

    private void answered(LogRequest logRequest, Answered answer, RunOutbox runOutbox, long nowNanos) {
        if (answer.ack().isPresent() && (answer.isSuccess() || answer.status() == 409)) {
            recordForm = RecordForm.BATCH;
            acknowledged(answer, runOutbox, nowNanos);
        } else if (answer.isSuccess()) {
            recordForm = logRequest.form() == RecordForm.BATCH ? RecordForm.HANDSHAKE : RecordForm.PLAIN;
            succeed(logRequest.last(), runOutbox);
        } else if (isAboutTheRecords(answer.status())) {
            refused(logRequest, answer.status(), runOutbox);
        } else if (answer.retryAfter().isPresent()) {
            failures++;
            pause(bounded(answer.retryAfter().get()), nowNanos);
        } else {
            fail(nowNanos);
        }
    }

    private void acknowledged(Answered answer, RunOutbox runOutbox, long nowNanos) {
        var ack = answer.ack().orElseThrow();
        if (ack >= runOutbox.firstSequence()) {
            succeed(ack, runOutbox);
        } else if (!answer.isSuccess() && ack < runOutbox.firstSequence() - 1) {
            runOutbox.forgottenAfter(ack);
        } else {
            // nothing gained, and nothing to do but to send the same again
            fail(nowNanos);
        }
    }

    /** Halves until the one record that isn't taken stands alone, and gives that up, so that it can't block the others. */
    private void refused(LogRequest logRequest, int status, RunOutbox runOutbox) {
        if (logRequest.entries().size() > 1) {
            entriesMax = logRequest.entries().size() / 2;
        } else {
            runOutbox.refuse("the log service answered " + status);
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

    private static long bounded(Duration asked) {
        // compared as they are: not every number of seconds can be written in nanoseconds
        return (asked.compareTo(RETRY_AFTER_MAX) < 0 ? asked : RETRY_AFTER_MAX).toNanos();
    }

    /** Others (404, 405, 401 …) mean that this is no log service, or not now: what is to be shipped isn't to blame. */
    private static boolean isAboutTheRecords(int status) {
        return status == 400 || status == 409 || status == 413 || status == 415 || status == 422 || status == 431;
    }
}
