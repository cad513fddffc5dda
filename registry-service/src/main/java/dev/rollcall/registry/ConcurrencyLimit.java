package dev.rollcall.registry;

import java.util.ArrayDeque;
import java.util.Deque;

/** Lets so many things be under way at once; more wait their turn. Not thread-safe. */
final class ConcurrencyLimit {
    private final int max;
    private final Deque<Runnable> waiting = new ArrayDeque<>();
    private int underWay;

    ConcurrencyLimit(int max) {
        this.max = max;
    }

    /** Begins now, or when something else has {@linkplain #release}. */
    void submit(Runnable thing) {
        if (underWay < max) {
            underWay++;
            thing.run();
        } else {
            waiting.add(thing);
        }
    }

    /** Something that was begun has ended. */
    void release() {
        var next = waiting.poll();
        if (next == null) {
            underWay--;
        } else {
            next.run();
        }
    }
}
