package dev.rollcall.portal.page;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class FormTokensTest {
    private final FormTokens tokens = new FormTokens();

    @Test
    void givenTokens_whenCreated_thenEachIsDistinctAndValid() {
        var first = tokens.create();
        var second = tokens.create();

        assertThat(first).isNotEqualTo(second);
        assertThat(tokens.isValid(first)).isTrue();
        assertThat(new FormTokens().isValid(first)).isFalse();
    }

    @Test
    void givenTokenWithOtherSignatureOrNumber_whenChecked_thenInvalid() {
        var token = tokens.create();
        var other = token.charAt(0) == '0' ? '1' : '0';

        assertThat(tokens.isValid(other + token.substring(1))).isFalse();
        assertThat(tokens.isValid(token.substring(0, token.length() - 1))).isFalse();
        assertThat(tokens.isValid("")).isFalse();
        assertThat(tokens.sign(tokens.number(token).orElseThrow())).isEqualTo(token);
    }
}
