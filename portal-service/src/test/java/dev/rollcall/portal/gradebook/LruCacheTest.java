package dev.rollcall.portal.gradebook;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class LruCacheTest {
    private final LruCache<String> lruCache = new LruCache<>(10, String::length);

    @Test
    void givenMoreThanFits_whenPut_thenLeastRecentlyUsedIsEvicted() {
        lruCache.put("a", "xx");
        lruCache.put("b", "xx");
        lruCache.get("a");
        lruCache.put("c", "xx");

        assertThat(lruCache.get("a")).isPresent();
        assertThat(lruCache.get("b")).isEmpty();
        assertThat(lruCache.get("c")).isPresent();
    }

    @Test
    void givenEntryAboveTotalSize_whenPut_thenItIsNotKept() {
        lruCache.put("a", "x".repeat(9));

        assertThat(lruCache.get("a")).isEmpty();
        lruCache.put("a", "x".repeat(8));
        assertThat(lruCache.get("a")).isPresent();
    }

    @Test
    void givenSameKeyAgain_whenPut_thenCountedOnce() {
        lruCache.put("a", "x");
        lruCache.put("a", "xx");
        lruCache.put("b", "xx");

        assertThat(lruCache.get("a")).contains("xx");
        assertThat(lruCache.get("b")).contains("xx");
    }
}
