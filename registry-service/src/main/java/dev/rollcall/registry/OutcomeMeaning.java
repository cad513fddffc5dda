package dev.rollcall.registry;

import dev.rollcall.registry.Mailbox.Delivery;
import dev.rollcall.registry.Outgoing.Outcome;
import java.time.Duration;

/** Says what the result of a request means to the core. Pure. */
final class OutcomeMeaning {
    private static final int OK = 200;
    private static final int CONFLICT = 409;
    private static final int TOO_MANY = 429;
    private static final int UNAVAILABLE = 503;

    private OutcomeMeaning() {}

    /**
     * Returns what a heartbeat's result proves.
     *
     * @param instanceId the instance that should respond; empty if any may
     * @param limit how long the response was waited for
     */
    static Verdict verdict(Outcome outcome, String instanceId, Duration limit) {
        if (outcome instanceof Outcome.Answered answered) {
            return ofAnswer(answered, instanceId);
        } else if (outcome instanceof Outcome.Refused refused) {
            return Verdict.of(Evidence.GONE, refused.reason());
        } else if (outcome instanceof Outcome.Broken broken) {
            // its process ended while it was asked; if not, the recheck will tell
            return Verdict.of(Evidence.GONE, broken.reason());
        } else if (outcome instanceof Outcome.Unreachable unreachable) {
            return Verdict.of(Evidence.SILENT, unreachable.reason());
        }
        return Verdict.of(Evidence.SILENT, "no answer within " + words(limit));
    }

    private static Verdict ofAnswer(Outcome.Answered answered, String instanceId) {
        var other = answered.instance().filter(id -> !instanceId.isEmpty() && !id.equals(instanceId));
        if (other.isPresent()) {
            return Verdict.of(Evidence.GONE, "another instance answers there");
        }
        if (answered.status() == OK) {
            return new Verdict(Evidence.ALIVE, "", answered.view());
        }
        var isBusy = answered.status() == TOO_MANY || (answered.status() == UNAVAILABLE && answered.hasRetryAfter());
        return Verdict.of(isBusy ? Evidence.BUSY : Evidence.UNWELL, "answered " + answered.status());
    }

    /** Returns what became of a patch. */
    static Delivery delivery(Outcome outcome) {
        if (outcome instanceof Outcome.Answered answered) {
            return switch (answered.status()) {
                case OK -> Delivery.APPLIED;
                case CONFLICT -> Delivery.CONFLICT;
                default -> Delivery.UNKNOWN;
            };
        }
        return outcome instanceof Outcome.Refused || outcome instanceof Outcome.Unreachable
                ? Delivery.NOT_DELIVERED
                : Delivery.UNKNOWN;
    }

    private static String words(Duration limit) {
        return limit.toMillisPart() == 0 ? limit.toSeconds() + " s" : limit.toMillis() + " ms";
    }
}
