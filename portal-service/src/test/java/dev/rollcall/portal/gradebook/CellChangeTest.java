package dev.rollcall.portal.gradebook;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class CellChangeTest {
    @ParameterizedTest
    @CsvSource({
        "/gradebook?page=2, /gradebook?page=2",
        "/gradebook, /gradebook",
        "/gradebook/cell?x=1, /gradebook",
        "//evil.example/gradebook?, /gradebook",
        "https://evil.example/gradebook?, /gradebook",
        "javascript:alert(1), /gradebook",
        "'/gradebook?a\r\nSet-Cookie: x', /gradebook",
        "'/gradebook?ä', /gradebook",
    })
    void givenBackUrl_whenItLeavesTheGradebook_thenItIsReplaced(String back, String way) {
        assertThat(new CellChange(1, 2, 3, 4, "5", back).back()).isEqualTo(way);
    }
}
