package dev.rollcall.shipping;

import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A session that an earlier process left. Adopted only when its turn comes, because there may be many. */
final class OrphanedSession {
    private static final Logger LOG = LoggerFactory.getLogger(OrphanedSession.class);

    private final Path path;
    private final InstantSource clock;
    private @Nullable SpillSession spillSession;
    private long initialDiskBytes;

    OrphanedSession(Path path, InstantSource clock) {
        this.path = path;
        this.clock = clock;
    }

    /** Whether it has records to ship. A session that is fully shipped is deleted. */
    boolean hasPending() {
        try {
            var found = session();
            if (found.isEmpty()) {
                return false;
            }
            if (found.get().isShipped()) {
                discard();
                return false;
            }
            initialDiskBytes = found.get().outbox().diskBytes();
            release();
            return true;
        } catch (IOException e) {
            LOG.atWarn()
                    .addKeyValue("directory", path)
                    .addKeyValue("reason", e)
                    .log("an earlier session's log records can't be read");
            return false;
        }
    }

    Path path() {
        return path;
    }

    Optional<SpillSession> session() throws IOException {
        if (spillSession == null) {
            spillSession = SpillSession.adopt(path, clock).orElse(null);
        }
        return Optional.ofNullable(spillSession);
    }

    long diskBytes() {
        return spillSession == null ? initialDiskBytes : spillSession.outbox().diskBytes();
    }

    void discard() throws IOException {
        if (spillSession != null) {
            spillSession.discard();
            spillSession = null;
        }
    }

    void release() {
        var adopted = spillSession;
        spillSession = null;
        if (adopted != null) {
            try {
                adopted.close();
            } catch (IOException e) {
                // the claim ends with the process
            }
        }
    }
}
