package dev.rollcall.portal.gradebook;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class ShelfTest {
    private final Shelf<String> shelf = new Shelf<>(10, String::length);

    @Test
    void givenMoreThanFits_whenPut_thenWhatWasUsedLongestAgoGoes() {
        shelf.put("a", "xx");
        shelf.put("b", "xx");
        shelf.get("a");
        shelf.put("c", "xx");

        assertThat(shelf.get("a")).isPresent();
        assertThat(shelf.get("b")).isEmpty();
        assertThat(shelf.get("c")).isPresent();
    }

    @Test
    void givenSomethingLargerThanAll_whenPut_thenItIsNotKept() {
        shelf.put("a", "x".repeat(9));

        assertThat(shelf.get("a")).isEmpty();
        shelf.put("a", "x".repeat(8));
        assertThat(shelf.get("a")).isPresent();
    }

    @Test
    void givenSameKeyAgain_whenPut_thenCountedOnce() {
        shelf.put("a", "x");
        shelf.put("a", "xx");
        shelf.put("b", "xx");

        assertThat(shelf.get("a")).contains("xx");
        assertThat(shelf.get("b")).contains("xx");
    }
}
