package dev.rollcall.shipping;

import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What an earlier run left: taken over only when it is its turn, since there may be many. */
final class OrphanedSession {
    private static final Logger LOG = LoggerFactory.getLogger(OrphanedSession.class);

    private final Path path;
    private final InstantSource clock;
    private @Nullable SpillSession spillSession;
    private long bytesAtFirst;

    OrphanedSession(Path path, InstantSource clock) {
        this.path = path;
        this.clock = clock;
    }

    /** Whether there is something to be shipped; what was shipped is cleared away. */
    boolean isLeft() {
        try {
            var found = run();
            if (found.isEmpty()) {
                return false;
            }
            if (found.get().isShipped()) {
                discard();
                return false;
            }
            bytesAtFirst = found.get().backlog().diskBytes();
            release();
            return true;
        } catch (IOException e) {
            LOG.atWarn().addKeyValue("directory", path).addKeyValue("reason", e).log("can't be read");
            return false;
        }
    }

    Path path() {
        return path;
    }

    Optional<SpillSession> run() throws IOException {
        if (spillSession == null) {
            spillSession = SpillSession.adopt(path, clock).orElse(null);
        }
        return Optional.ofNullable(spillSession);
    }

    long diskBytes() {
        return spillSession == null ? bytesAtFirst : spillSession.backlog().diskBytes();
    }

    void discard() throws IOException {
        if (spillSession != null) {
            spillSession.discard();
            spillSession = null;
        }
    }

    void release() {
        var taken = spillSession;
        spillSession = null;
        if (taken != null) {
            try {
                taken.leave();
            } catch (IOException e) {
                // the claim ends with the process
            }
        }
    }
}
