package dev.rollcall.registry.watch;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Bytes that many ask for at once, rendered once: for one revision, and not for longer than a second, because the times
 * of last answers are not part of a revision. Holds a few, for the last questions. Thread-safe.
 */
final class SharedBytes<K> {
    private static final long AGE_NANOS_MAX = 1_000_000_000;
    private static final int QUESTIONS_MAX = 64;
    /** More is rendered again for each that asks, which costs time instead of memory. */
    private static final long BYTES_MAX = 32L << 20;

    private final LongSupplier nanoTime;
    private final Map<K, Rendered> answers = new ConcurrentHashMap<>();

    SharedBytes(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** The bytes for a question at a revision; nobody changes them. */
    byte[] get(K question, long revision, Supplier<byte[]> renderer) {
        if (answers.size() >= QUESTIONS_MAX || bytes() > BYTES_MAX) {
            answers.clear();
        }
        var now = nanoTime.getAsLong();
        return answers.compute(
                        question,
                        (k, last) -> last != null && last.revision == revision && now - last.nanos < AGE_NANOS_MAX
                                ? last
                                : new Rendered(renderer.get(), revision, now))
                .bytes;
    }

    private long bytes() {
        return answers.values().stream()
                .mapToLong(rendered -> rendered.bytes.length)
                .sum();
    }

    private static final class Rendered {
        private final byte[] bytes;
        private final long revision;
        private final long nanos;

        Rendered(byte[] bytes, long revision, long nanos) {
            this.bytes = bytes;
            this.revision = revision;
            this.nanos = nanos;
        }
    }
}
