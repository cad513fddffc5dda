package dev.rollcall.registry.outgoing;

import java.util.function.Consumer;

/** A request in flight and the consumer of its result. Confined to the selector's thread. */
final class OutgoingExchange implements Comparable<OutgoingExchange> {
    private final Outgoing.Request request;
    private final long deadlineNanos;
    private final Consumer<Outgoing.Result> consumer;
    private Runnable onExpiry = () -> {};
    private Outgoing.Result worst = new Outgoing.Result.Unreachable("the host has no address");
    private boolean isComplete;

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
        return isComplete;
    }

    /** Sets what to do when the time runs out in the present state. */
    void onExpiry(Runnable action) {
        onExpiry = action;
    }

    /** Passes on the result; later ones are ignored. */
    void complete(Outgoing.Result result) {
        if (!isComplete) {
            isComplete = true;
            consumer.accept(result);
        }
    }

    /**
     * Notes that one address of the host failed. A refusal outweighs other failures, since it comes from the host
     * itself; an unreachable address may be the fault of this machine.
     */
    void addressFailed(Outgoing.Result failure) {
        if (!(worst instanceof Outgoing.Result.Refused)) {
            worst = failure;
        }
    }

    /** Completes after all addresses have failed. */
    void completeAsFailed() {
        complete(worst);
    }

    /** Completes since the time has run out. */
    void expire() {
        complete(new Outgoing.Result.TimedOut());
        onExpiry.run();
    }

    @Override
    public int compareTo(OutgoingExchange other) {
        return Long.signum(deadlineNanos - other.deadlineNanos);
    }
}
