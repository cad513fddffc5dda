package dev.rollcall.portal.gradebook;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Keeps what was used last, so many at most. Thread-safe. */
final class Shelf<V> {
    private final Map<String, V> kept;

    Shelf(int max) {
        kept = new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1;

            @Override
            protected boolean removeEldestEntry(Map.Entry<String, V> eldest) {
                return size() > max;
            }
        };
    }

    synchronized Optional<V> get(String key) {
        return Optional.ofNullable(kept.get(key));
    }

    synchronized void put(String key, V value) {
        kept.put(key, value);
    }

    synchronized void remove(String key) {
        kept.remove(key);
    }
}
