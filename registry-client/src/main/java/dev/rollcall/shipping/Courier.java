package dev.rollcall.shipping;

import dev.rollcall.shipping.Outcome.Answered;
import dev.rollcall.wire.HttpUrl;
import dev.rollcall.wire.LogRecord;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

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
final class Courier {
    private static final Duration RETRY_AFTER_MAX = Duration.ofMinutes(1);
    private static final int RECORDS_MAX = 10_000;

    private final ShippingSettings settings;
    private final Backoff backoff;
    private final Supplier<String> producers;
    private final Function<String, LogRecord> refusals;
    private String producer;
    private Form form = Form.HANDSHAKE;
    private Optional<HttpUrl> address = Optional.empty();
    private long sentThrough;
    private int recordsMax = RECORDS_MAX;
    private int failures;
    private long notBeforeNanos;
    private boolean isPaused;

    /**
     * A courier that knows no log service yet.
     *
     * @param producers makes a name for a new run of sequences
     * @param refusals makes the record that stands in the place of a refused one, of the reason
     */
    Courier(
            ShippingSettings settings,
            Backoff backoff,
            Supplier<String> producers,
            Function<String, LogRecord> refusals) {
        this.settings = settings;
        this.backoff = backoff;
        this.producers = producers;
        this.refusals = refusals;
        this.producer = producers.get();
    }

    /** How long until the next parcel should leave; not positive if now. The backlog isn't empty. */
    long nanosUntilDue(Backlog backlog, long nowNanos, boolean hurried) {
        var pause = isPaused ? notBeforeNanos - nowNanos : 0;
        if (hurried || form != Form.BATCH || backlog.bytes() >= settings.batchBytesMax()) {
            return pause;
        }
        var age = nowNanos - backlog.oldestNanos().orElse(nowNanos);
        return Math.max(pause, settings.batchDelay().toNanos() - age);
    }

    /** The next parcel to an address; the backlog isn't empty. */
    Parcel parcel(HttpUrl to, Backlog backlog) {
        if (!address.equals(Optional.of(to))) {
            address = Optional.of(to);
            form = Form.HANDSHAKE;
        }
        var count = form == Form.BATCH ? recordsMax : 1;
        var parcel = new Parcel(to, form, producer, backlog.head(settings.batchBytesMax(), count));
        sentThrough = Math.max(sentThrough, parcel.last());
        return parcel;
    }

    /** No log service is known: everything is held back for a moment. */
    void nowhere(long nowNanos) {
        pause(settings.retryMin().toNanos(), nowNanos);
    }

    /** The end is near: what waits for a later try is tried now. */
    void hurry() {
        isPaused = false;
        failures = 0;
    }

    /** Failed attempts since the last one that got records across. */
    int failures() {
        return failures;
    }

    /** Draws the consequences of a parcel's outcome. */
    void conclude(Parcel parcel, Outcome outcome, Backlog backlog, long nowNanos) {
        isPaused = false;
        if (outcome instanceof Answered answered) {
            answered(parcel, answered, backlog, nowNanos);
        } else {
            form = Form.HANDSHAKE;
            fail(nowNanos);
        }
    }

    private void answered(Parcel parcel, Answered answer, Backlog backlog, long nowNanos) {
        if (answer.ack().isPresent() && (answer.isSuccess() || answer.status() == 409)) {
            acknowledged(answer.ack().getAsLong(), backlog, nowNanos);
        } else if (answer.isSuccess()) {
            form = parcel.form() == Form.BATCH ? Form.HANDSHAKE : Form.PLAIN;
            succeed(parcel.last(), backlog, nowNanos);
        } else if (isAboutTheRecords(answer.status())) {
            refused(parcel, answer.status(), backlog, nowNanos);
        } else if (answer.retryAfter().isPresent()) {
            failures++;
            pause(bounded(answer.retryAfter().get()), nowNanos);
        } else {
            fail(nowNanos);
        }
    }

    private void acknowledged(long ack, Backlog backlog, long nowNanos) {
        form = Form.BATCH;
        var before = backlog.firstSequence();
        if (ack >= before) {
            succeed(Math.min(ack, sentThrough), backlog, nowNanos);
        } else if (ack == before - 1) {
            // nothing gained, and nothing to do but to send the same again
            fail(nowNanos);
        } else {
            // it lacks what was let go: it lost records it once had. A new producer may begin anywhere
            producer = producers.get();
            fail(nowNanos);
        }
    }

    /** Halves until the one record that isn't taken stands alone, and gives that up, so that it can't block the others. */
    private void refused(Parcel parcel, int status, Backlog backlog, long nowNanos) {
        if (parcel.records().size() > 1) {
            recordsMax = parcel.records().size() / 2;
        } else {
            backlog.refuse(refusals.apply("the log service answered " + status), nowNanos);
        }
    }

    private void succeed(long ack, Backlog backlog, long nowNanos) {
        backlog.acknowledge(ack, nowNanos);
        recordsMax = Math.min(RECORDS_MAX, recordsMax * 2);
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
        return Math.min(asked.toNanos(), RETRY_AFTER_MAX.toNanos());
    }

    /** Others (404, 405, 401 …) mean that this is no log service, or not now: what is to be shipped isn't to blame. */
    private static boolean isAboutTheRecords(int status) {
        return status == 400 || status == 409 || status == 413 || status == 415 || status == 422 || status == 431;
    }
}
