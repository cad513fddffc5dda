package dev.rollcall.registry;

import dev.rollcall.registry.Mailbox.Delivery;
import dev.rollcall.registry.Outgoing.Outcome;
import java.time.Duration;
import java.util.Optional;

/**
 * What an outcome on the wire means to the core.
 *
 * @param evidence what it proves about the instance
 * @param reason the same for people
 * @param view what the instance says it was told last, as epoch and revision; empty if it doesn't say
 */
record Verdict(Evidence evidence, String reason, Optional<String> view) {
    private static final int OK = 200;
    private static final int CONFLICT = 409;
    private static final int TOO_MANY = 429;
    private static final int UNAVAILABLE = 503;

    /** Of an instance that says nothing of its view. */
    static Verdict of(Evidence evidence, String reason) {
        return new Verdict(evidence, reason, Optional.empty());
    }

    /**
     * Of a heartbeat, asked of the instance of this id; an empty id fits all.
     *
     * @param limit how long the answer was waited for
     */
    static Verdict of(Outcome outcome, String instanceId, Duration limit) {
        if (outcome instanceof Outcome.Answered answered) {
            return ofAnswer(answered, instanceId);
        } else if (outcome instanceof Outcome.Refused refused) {
            return of(Evidence.GONE, refused.reason());
        } else if (outcome instanceof Outcome.Broken broken) {
            // its process ended while it was asked; if not, the recheck will tell
            return of(Evidence.GONE, broken.reason());
        } else if (outcome instanceof Outcome.Unreachable unreachable) {
            return of(Evidence.SILENT, unreachable.reason());
        }
        return of(Evidence.SILENT, "no answer within " + words(limit));
    }

    private static Verdict ofAnswer(Outcome.Answered answered, String instanceId) {
        var other = answered.instance().filter(id -> !instanceId.isEmpty() && !id.equals(instanceId));
        if (other.isPresent()) {
            return of(Evidence.GONE, "another instance answers there");
        }
        if (answered.status() == OK) {
            return new Verdict(Evidence.ALIVE, "", answered.view());
        }
        var isBusy = answered.status() == TOO_MANY || (answered.status() == UNAVAILABLE && answered.hasRetryAfter());
        return of(isBusy ? Evidence.BUSY : Evidence.UNWELL, "answered " + answered.status());
    }

    /** Of a patch. */
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
