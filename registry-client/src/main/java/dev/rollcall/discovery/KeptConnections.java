package dev.rollcall.discovery;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The idle connections, bounded in number and age. Thread-safe. */
final class KeptConnections {
    private static final int IDLE_MAX = 64;
    /** Servers close idle ones: the JDK's after 30 s. */
    private static final long IDLE_NANOS = TimeUnit.SECONDS.toNanos(20);

    private final Deque<KeptConnection> idle = new ArrayDeque<>();

    /** Removes and returns the most recently used connection to an origin that is still open. */
    Optional<KeptConnection> acquire(String origin) {
        for (var next = find(origin); next.isPresent(); next = find(origin)) {
            if (next.get().isIdle()) {
                return next;
            }
            next.get().close();
        }
        return Optional.empty();
    }

    private synchronized Optional<KeptConnection> find(String origin) {
        closeOld();
        for (var each = idle.iterator(); each.hasNext(); ) {
            var connection = each.next();
            if (connection.origin().equals(origin)) {
                each.remove();
                return Optional.of(connection);
            }
        }
        return Optional.empty();
    }

    /** Keeps a connection for the next request if it can carry one, or else closes it. */
    void release(KeptConnection connection) {
        var last = connection.isReusable() ? retain(connection) : connection;
        if (last != null) {
            last.close();
        }
    }

    private synchronized @Nullable KeptConnection retain(KeptConnection connection) {
        connection.idleSince(System.nanoTime());
        idle.addFirst(connection);
        return idle.size() > IDLE_MAX ? idle.removeLast() : null;
    }

    private void closeOld() {
        var now = System.nanoTime();
        while (!idle.isEmpty() && now - idle.getLast().idleSince() > IDLE_NANOS) {
            idle.removeLast().close();
        }
    }
}
