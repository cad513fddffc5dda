package dev.rollcall.portal.page;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class FormTokensTest {
    private final FormTokens tokens = new FormTokens();

    @Test
    void givenTokens_whenDrawn_thenEachIsAnotherAndOurs() {
        var first = tokens.fresh();
        var second = tokens.fresh();

        assertThat(first).isNotEqualTo(second);
        assertThat(tokens.isOurs(first)).isTrue();
        assertThat(new FormTokens().isOurs(first)).isFalse();
    }

    @Test
    void givenTokenWithAnotherSealOrNumber_whenJudged_thenNotOurs() {
        var token = tokens.fresh();
        var other = token.charAt(0) == '0' ? '1' : '0';

        assertThat(tokens.isOurs(other + token.substring(1))).isFalse();
        assertThat(tokens.isOurs(token.substring(0, token.length() - 1))).isFalse();
        assertThat(tokens.isOurs("")).isFalse();
        assertThat(tokens.sealed(tokens.number(token).orElseThrow())).isEqualTo(token);
    }
}
