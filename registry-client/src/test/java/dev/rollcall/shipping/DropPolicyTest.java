package dev.rollcall.shipping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

final class DropPolicyTest {
    @ParameterizedTest
    @CsvSource({
        "newest, INFO, 100, true",
        "newest, ERROR, 101, false",
        "oldest, INFO, 101, false",
        "below-warn, INFO, 75, true",
        "below-warn, INFO, 76, false",
        "below-warn, WARN, 76, true",
        "below-warn, WARN, 100, true",
        "below-warn, ERROR, 101, false",
        "below-info, DEBUG, 76, false",
        "below-info, INFO, 76, true",
        "below-error, WARN, 76, false"
    })
    void givenAPolicy_whenSoMuchIsTaken_thenARecordIsAdmittedOrNot(
            String policy, String level, long used, boolean isAdmitted) {
        assertThat(DropPolicy.of(policy).admits(Level.toLevel(level).toInt(), used, 100))
                .isEqualTo(isAdmitted);
    }

    @ParameterizedTest
    @EnumSource
    void givenAPolicy_whenWrittenAndRead_thenItIsTheSame(DropPolicy policy) {
        assertThat(DropPolicy.of(policy.toString())).isEqualTo(policy);
    }

    @Test
    void givenNoPolicy_whenRead_thenTheAllowedOnesAreSaid() {
        assertThatThrownBy(() -> DropPolicy.of("all"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("one of newest, oldest, below-info, below-warn, below-error");
    }

    @Test
    void givenSomethingThatGoesOn_whenTold_thenEverMoreRarely() {
        var repeatThrottle = new RepeatThrottle();

        assertThat(repeatThrottle.isDue(0)).isFalse();
        assertThat(repeatThrottle.isDue(1)).isTrue();
        assertThat(repeatThrottle.isDue(9)).isFalse();
        assertThat(repeatThrottle.isDue(250)).isTrue();
        assertThat(repeatThrottle.isDue(999)).isFalse();
        assertThat(repeatThrottle.isDue(1_000)).isTrue();
    }
}
