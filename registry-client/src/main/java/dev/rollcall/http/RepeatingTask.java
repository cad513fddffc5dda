package dev.rollcall.http;

import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the rounds of a thread that must not stop. Whatever a round throws, an {@link Error} included, is logged when
 * failures start and when they end, and the next round follows. One thread runs rounds; any thread may query the state.
 */
public final class RepeatingTask {
    private static final Logger LOG = LoggerFactory.getLogger(RepeatingTask.class);

    private final List<String> healthReasons;
    private volatile boolean isFailing;

    /**
     * Creates a task without rounds.
     *
     * @param failing the reason for {@code GET /health} while rounds fail, such as {@code "records aren't sent"}
     */
    public RepeatingTask(String failing) {
        // created now, because there may be no memory for it later
        this.healthReasons = List.of(failing);
    }

    /** Runs a round and returns whether it succeeded. Throws nothing. */
    public boolean run(Runnable round) {
        try {
            round.run();
            if (isFailing) {
                isFailing = false;
                LOG.atInfo().addKeyValue("was", healthReasons.get(0)).log("rounds succeed again");
            }
            return true;
        } catch (Throwable e) {
            failed(e);
            return false;
        }
    }

    /** Returns the reason if the last round failed, otherwise an empty list. */
    public List<String> healthReasons() {
        return isFailing ? healthReasons : List.of();
    }

    private void failed(Throwable thrown) {
        try {
            if (!isFailing) {
                isFailing = true;
                LOG.atError()
                        .addKeyValue("effect", healthReasons.get(0))
                        .setCause(thrown)
                        .log("a round failed; the next one follows");
            }
        } catch (Throwable e) {
            // no memory to log it; /health has the reason
            isFailing = true;
        }
    }
}
