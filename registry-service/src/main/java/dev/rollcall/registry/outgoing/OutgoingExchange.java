package dev.rollcall.registry.outgoing;

import java.util.function.Consumer;

/** A request on its way, and who waits for its outcome. Owned by the selector's thread. */
final class OutgoingExchange implements Comparable<OutgoingExchange> {
    private final Outgoing.Request request;
    private final long deadlineNanos;
    private final Consumer<Outgoing.Result> consumer;
    private Runnable onExpiry = () -> {};
    private Outgoing.Result worst = new Outgoing.Result.Unreachable("the host has no address");
    private boolean ended;

    OutgoingExchange(Outgoing.Request request, long deadlineNanos, Consumer<Outgoing.Result> consumer) {
        this.request = request;
        this.deadlineNanos = deadlineNanos;
        this.consumer = consumer;
    }

    Outgoing.Request request() {
        return request;
    }

    long deadlineNanos() {
        return deadlineNanos;
    }

    boolean isComplete() {
        return ended;
    }

    /** What to do where it is now, if its time runs out. */
    void onExpiry(Runnable action) {
        onExpiry = action;
    }

    /** Tells the outcome; the first one counts. */
    void complete(Outgoing.Result result) {
        if (!ended) {
            ended = true;
            consumer.accept(result);
        }
    }

    /**
     * One address of the host didn't take it. What counts in the end is a refusal, which comes from the host itself; an
     * address that can't be reached may be the fault of this machine.
     */
    void addressFailed(Outgoing.Result failure) {
        if (!(worst instanceof Outgoing.Result.Refused)) {
            worst = failure;
        }
    }

    /** All addresses have failed. */
    void completeAsFailed() {
        complete(worst);
    }

    /** Its time has run out. */
    void expire() {
        complete(new Outgoing.Result.TimedOut());
        onExpiry.run();
    }

    @Override
    public int compareTo(OutgoingExchange other) {
        return Long.signum(deadlineNanos - other.deadlineNanos);
    }
}
