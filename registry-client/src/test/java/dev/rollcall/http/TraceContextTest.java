package dev.rollcall.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class TraceContextTest {
    private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
    private static final String SPAN = "b7ad6b7169203331";

    @ParameterizedTest
    @CsvSource({
        "00-" + TRACE + "-" + SPAN + "-01, 01",
        "00-" + TRACE + "-" + SPAN + "-00, 00",
        "cc-" + TRACE + "-" + SPAN + "-01, 01",
        "cc-" + TRACE + "-" + SPAN + "-01-what-the-future-brings, 01",
    })
    void givenValidHeader_whenContinued_thenSameTraceAndFlagsAndANewSpan(String header, String flags) {
        var context = TraceContext.continueOrStart(header, () -> true);

        assertThat(context.trace()).isEqualTo(TRACE);
        assertThat(context.flags()).isEqualTo(flags);
        assertThat(context.span()).matches("[0-9a-f]{16}").isNotEqualTo(SPAN);
        assertThat(context.header()).isEqualTo("00-" + TRACE + "-" + context.span() + "-" + flags);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "00",
                "ff-" + TRACE + "-" + SPAN + "-01",
                "00-" + TRACE + "-" + SPAN,
                "00-" + TRACE + "-" + SPAN + "-01-",
                "00-" + TRACE + "-" + SPAN + "-01-more",
                "00-" + TRACE + "-" + SPAN + "-1",
                "00-" + TRACE + "-0000000000000000-01",
                "00-00000000000000000000000000000000-" + SPAN + "-01",
                "00-0AF7651916CD43DD8448EB211C80319C-" + SPAN + "-01",
                "00-" + TRACE + "-xxxxxxxxxxxxxxxx-01",
                "cc-" + TRACE + "-" + SPAN + "-01what",
            })
    void givenInvalidHeader_whenContinued_thenATraceBegins(String header) {
        var context = TraceContext.continueOrStart(header, () -> true);

        assertThat(context.trace()).matches("[0-9a-f]{32}").isNotEqualTo(TRACE);
        assertThat(context.flags()).isEqualTo("01");
        assertThat(TraceContext.continueOrStart(header, () -> false).flags()).isEqualTo("00");
    }

    @ParameterizedTest
    @CsvSource({"00, false", "01, true", "02, false", "03, true", "ff, true", "fe, false"})
    void givenFlags_whenAskedWhetherSampled_thenOnlyTheLowestOneCounts(String flags, boolean sampled) {
        var context = TraceContext.continueOrStart("00-" + TRACE + "-" + SPAN + "-" + flags, () -> !sampled);

        assertThat(context.isSampled()).isEqualTo(sampled);
    }

    @Test
    void givenNoHeader_whenContinued_thenEachTraceIsAnother() {
        var one = TraceContext.continueOrStart(null, () -> false);
        var other = TraceContext.continueOrStart(null, () -> false);

        assertThat(one.trace()).isNotEqualTo(other.trace());
        assertThat(TraceContext.continueOrStart(one.header(), () -> true).trace())
                .isEqualTo(one.trace());
    }
}
