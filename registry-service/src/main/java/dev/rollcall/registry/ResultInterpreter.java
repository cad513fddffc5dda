package dev.rollcall.registry;

import dev.rollcall.registry.core.Evidence;
import dev.rollcall.registry.core.PatchOutcome;
import dev.rollcall.registry.core.ProbeVerdict;
import dev.rollcall.registry.outgoing.Outgoing.Result;
import java.time.Duration;

/** Interprets the result of a request for the core. Pure. */
final class ResultInterpreter {
    private static final int OK = 200;
    private static final int CONFLICT = 409;
    private static final int TOO_MANY = 429;
    private static final int UNAVAILABLE = 503;

    private ResultInterpreter() {}

    /**
     * Returns what a probe's result proves.
     *
     * @param instanceId the instance that should respond; empty if any may
     * @param limit how long the response was waited for
     */
    static ProbeVerdict verdict(Result result, String instanceId, Duration limit) {
        if (result instanceof Result.Responded responded) {
            return ofResponse(responded, instanceId);
        } else if (result instanceof Result.Refused refused) {
            return ProbeVerdict.of(Evidence.GONE, refused.reason());
        } else if (result instanceof Result.Broken broken) {
            // its process ended during the probe; if not, the recheck shows it
            return ProbeVerdict.of(Evidence.GONE, broken.reason());
        } else if (result instanceof Result.Unreachable unreachable) {
            return ProbeVerdict.of(Evidence.SILENT, unreachable.reason());
        }
        return ProbeVerdict.of(Evidence.SILENT, "no answer within " + text(limit));
    }

    private static ProbeVerdict ofResponse(Result.Responded responded, String instanceId) {
        var other = responded.instance().filter(id -> !instanceId.isEmpty() && !id.equals(instanceId));
        if (other.isPresent()) {
            return ProbeVerdict.of(Evidence.GONE, "another instance answers there");
        }
        if (responded.status() == OK) {
            return new ProbeVerdict(Evidence.ALIVE, "", responded.view());
        }
        var isBusy = responded.status() == TOO_MANY || (responded.status() == UNAVAILABLE && responded.hasRetryAfter());
        return ProbeVerdict.of(isBusy ? Evidence.BUSY : Evidence.UNWELL, "answered " + responded.status());
    }

    /** Returns the outcome of a patch. */
    static PatchOutcome outcome(Result result) {
        if (result instanceof Result.Responded responded) {
            return switch (responded.status()) {
                case OK -> PatchOutcome.APPLIED;
                case CONFLICT -> PatchOutcome.CONFLICT;
                default -> PatchOutcome.UNKNOWN;
            };
        }
        return result instanceof Result.Refused || result instanceof Result.Unreachable
                ? PatchOutcome.NOT_DELIVERED
                : PatchOutcome.UNKNOWN;
    }

    private static String text(Duration limit) {
        return limit.toMillisPart() == 0 ? limit.toSeconds() + " s" : limit.toMillis() + " ms";
    }
}
