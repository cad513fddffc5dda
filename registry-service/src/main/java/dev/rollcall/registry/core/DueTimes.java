package dev.rollcall.registry.core;

import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/** A schedule: at most one due time per instance. Not thread-safe. */
final class DueTimes {
    private final PriorityQueue<Due> queue = new PriorityQueue<>();

    /** Schedules an instance. An earlier time that is already scheduled stays. */
    void schedule(Instance instance, long nanos) {
        if (nanos < instance.scheduledNanos()) {
            instance.schedule(nanos);
            queue.add(new Due(nanos, instance));
        }
    }

    /** Removes and returns the next instance that is due; {@code null} if none is. */
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

    /** Returns when the next instance is due; {@link Long#MAX_VALUE} if none is scheduled. */
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
