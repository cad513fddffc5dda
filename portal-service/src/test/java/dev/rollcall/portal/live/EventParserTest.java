package dev.rollcall.portal.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class EventParserTest {
    private final EventParser parser = new EventParser();

    @Test
    void givenStream_whenParsed_thenEventsWithNameIdAndData() {
        var events = parse(
                ": comment",
                "retry: 1000",
                "event: change",
                "id: e:1",
                "data: {\"a\":1}",
                "",
                "data:x",
                "data: y",
                "",
                "");

        assertThat(events)
                .containsExactly(
                        new ServerEvent("change", "e:1", "{\"a\":1}"), new ServerEvent("message", "e:1", "x\ny"));
    }

    @Test
    void givenEventWithoutData_whenParsed_thenNone() {
        assertThat(parse("event: x", "id: 7", "", "data", "")).containsExactly(new ServerEvent("message", "7", ""));
    }

    private List<ServerEvent> parse(String... lines) {
        return Stream.of(lines).map(parser::parse).flatMap(Optional::stream).toList();
    }

    @Test
    void givenIdThatIsNoHeaderValue_whenParsed_thenEarlierIdStays() {
        var parser = new EventParser();
        parser.parse("id: e:1");
        parser.parse("id: e\u0001:2");
        parser.parse("id: " + "x".repeat(201));
        parser.parse("data: a");

        assertThat(parser.parse(""))
                .hasValueSatisfying(event -> assertThat(event.id()).isEqualTo("e:1"));
    }
}
