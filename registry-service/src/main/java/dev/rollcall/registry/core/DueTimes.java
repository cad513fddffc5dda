package dev.rollcall.registry.core;

import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/** For which instance something falls due, and when. Not thread-safe. */
final class DueTimes {
    private final PriorityQueue<Due> queue = new PriorityQueue<>();

    /** Something is due for an instance at a time. If it is noted for an earlier one already, that remains. */
    void schedule(Instance instance, long nanos) {
        if (nanos < instance.scheduledNanos()) {
            instance.schedule(nanos);
            queue.add(new Due(nanos, instance));
        }
    }

    /** The next instance for which something is due by now, taken; {@code null} if there is none. */
    @Nullable
    Instance pollDue(long now) {
        for (var due = queue.peek(); due != null && due.nanos() <= now; due = queue.peek()) {
            queue.poll();
            if (due.instance().scheduledNanos() == due.nanos()) {
                due.instance().schedule(Long.MAX_VALUE);
                return due.instance();
            }
        }
        return null;
    }

    /** When to look again; {@link Long#MAX_VALUE} if nothing is due. */
    long nextNanos() {
        var next = queue.peek();
        return next == null ? Long.MAX_VALUE : next.nanos();
    }

    private record Due(long nanos, Instance instance) implements Comparable<Due> {
        @Override
        public int compareTo(Due other) {
            return Long.compare(nanos, other.nanos);
        }
    }
}
