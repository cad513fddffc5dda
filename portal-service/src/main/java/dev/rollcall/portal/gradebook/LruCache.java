package dev.rollcall.portal.gradebook;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToLongFunction;

/** Keeps the most recently used entries, up to a total size in bytes. Thread-safe. */
final class LruCache<V> {
    private final Map<String, V> entries = new LinkedHashMap<>(16, 0.75f, true);
    private final long bytesMax;
    private final ToLongFunction<V> bytesOf;
    private long bytes;

    LruCache(long bytesMax, ToLongFunction<V> bytesOf) {
        this.bytesMax = bytesMax;
        this.bytesOf = bytesOf;
    }

    synchronized Optional<V> get(String key) {
        return Optional.ofNullable(entries.get(key));
    }

    /** Puts an entry and evicts the least recently used ones; an entry above the total size isn't kept. */
    synchronized void put(String key, V value) {
        remove(key);
        entries.put(key, value);
        bytes += bytesOf(key, value);
        var oldest = entries.entrySet().iterator();
        while (bytes > bytesMax) {
            var next = oldest.next();
            bytes -= bytesOf(next.getKey(), next.getValue());
            oldest.remove();
        }
    }

    synchronized void remove(String key) {
        var old = entries.remove(key);
        if (old != null) {
            bytes -= bytesOf(key, old);
        }
    }

    private long bytesOf(String key, V value) {
        return 2L * key.length() + bytesOf.applyAsLong(value);
    }
}
