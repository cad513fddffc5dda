package dev.rollcall.shipping;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.shipping.FakeLogService.Role;
import dev.rollcall.shipping.LastWords.End;
import dev.rollcall.wire.HttpUrl;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What a program with a {@code logback.xml} logs while it ends is shipped: by itself, or by the next start. */
@Timeout(300)
final class LastWordsTest {
    @TempDir
    private Path directory;

    @ParameterizedTest
    @CsvSource({
        "RETURNS, ''",
        "RETURNS, <shutdownHook/>",
        "RETURNS_SLOWLY, <shutdownHook/>",
        "EXITS, ''",
        "STOPS_LOGBACK, ''",
        "STOPS_LOGBACK_LONG_BEFORE, ''"
    })
    void givenALogService_whenAProgramEnds_thenItsLastLinesAreThereOnceAndInOrder(End end, String hook)
            throws Exception {
        try (var service = FakeLogService.playing(Role.EXTENDED)) {
            LastWords.run(end, configuration(service.url(), hook));

            assertThat(service.messages()).isEqualTo(expected());
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"RETURNS", "STOPS_LOGBACK"})
    void givenNoLogService_whenAProgramEnds_thenTheNextStartShipsItsLastLines(End end) throws Exception {
        int port;
        try (var service = FakeLogService.playing(Role.EXTENDED)) {
            port = service.port();
        }
        var configuration = configuration(HttpUrl.of("http://127.0.0.1:" + port), "<shutdownHook/>");

        LastWords.run(end, configuration);

        try (var service = FakeLogService.onPort(port, Role.EXTENDED)) {
            LastWords.run(End.EXITS, configuration);

            assertThat(service.messages())
                    .hasSize(2 * expected().size())
                    .startsWith(expected().toArray(new String[0]));
        }
    }

    private Path configuration(HttpUrl url, String hook) throws IOException {
        return Files.writeString(
                directory.resolve("logback.xml"), """
                <configuration>
                  %s
                  <appender name="rollcall" class="dev.rollcall.shipping.LogServiceAppender">
                    <url>%s</url>
                    <service>Billing</service>
                    <spill>%s</spill>
                    <flush>60 seconds</flush>
                  </appender>
                  <root level="INFO"><appender-ref ref="rollcall"/></root>
                </configuration>
                """.formatted(hook, url, directory.resolve("spill")));
    }

    private static List<String> expected() {
        var lines = new ArrayList<String>();
        lines.add("first");
        IntStream.rangeClosed(1, LastWords.LINES).forEach(i -> lines.add("last " + i));
        return lines;
    }
}
