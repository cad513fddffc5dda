package dev.rollcall.registry.watch;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Caches rendered bytes that many clients request at once: for one revision, and at most for a second, because the
 * times of last responses are not part of a revision. Keeps the last few keys. Thread-safe.
 */
final class SharedBytes<K> {
    private static final long AGE_NANOS_MAX = 1_000_000_000;
    private static final int ENTRIES_MAX = 64;
    /** Beyond it, bytes are rendered again, which costs time instead of memory. */
    private static final long BYTES_MAX = 32L << 20;

    private final LongSupplier nanoTime;
    private final Map<K, Rendered> entries = new ConcurrentHashMap<>();

    SharedBytes(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** Returns the bytes for a key at a revision; they must not be changed. */
    byte[] get(K key, long revision, Supplier<byte[]> renderer) {
        if (entries.size() >= ENTRIES_MAX || bytes() > BYTES_MAX) {
            entries.clear();
        }
        var now = nanoTime.getAsLong();
        return entries.compute(
                        key,
                        (k, last) -> last != null && last.revision == revision && now - last.nanos < AGE_NANOS_MAX
                                ? last
                                : new Rendered(renderer.get(), revision, now))
                .bytes;
    }

    private long bytes() {
        return entries.values().stream()
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
