package dev.rollcall.registry.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rollcall.disk.Frame;
import dev.rollcall.registry.core.JournalRecord;
import dev.rollcall.wire.Provider;
import dev.rollcall.wire.Registration;
import dev.rollcall.wire.ServiceName;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class JournalFormatTest {
    static Stream<Arguments> records() {
        var url = JournalHistory.place(1);
        var registration = new Registration(
                ServiceName.GRADING,
                url,
                List.of(ServiceName.LOG),
                url.resolve("/services"),
                URI.create("http://localhost:7001/heartbeat"),
                "7f3a",
                Registration.EXTENDED,
                Map.of("zone", "a"));
        return Stream.of(
                Arguments.of(new JournalRecord.Began("e-1"), """
                        {"is":"began","epoch":"e-1"}"""),
                Arguments.of(new JournalRecord.Registered(5, Registration.of(ServiceName.LOG, url)), """
                        {"is":"registered","revision":5,"registration":{"ServiceName":"LogService",\
                        "ServiceURL":"http://localhost:7001","RequiredServices":[]}}"""),
                Arguments.of(new JournalRecord.Registered(6, registration), """
                        {"is":"registered","revision":6,"registration":{"ServiceName":"GradingService",\
                        "ServiceURL":"http://localhost:7001","RequiredServices":["LogService"],\
                        "ServiceUpdateURL":"http://localhost:7001/services",\
                        "HeartbeatURL":"http://localhost:7001/heartbeat","InstanceID":"7f3a","Protocol":2,\
                        "Metadata":{"zone":"a"}}}"""),
                Arguments.of(new JournalRecord.Removed(7, url), """
                        {"is":"removed","revision":7,"url":"http://localhost:7001"}"""),
                Arguments.of(new JournalRecord.Announced(8, url, true, null), """
                        {"is":"announced","revision":8,"url":"http://localhost:7001","announced":true}"""),
                Arguments.of(new JournalRecord.Announced(8, url, false, ServiceName.LOG), """
                        {"is":"announced","revision":8,"url":"http://localhost:7001","announced":false,\
                        "service":"LogService"}"""),
                Arguments.of(new JournalRecord.Withdrawn(9, Provider.of(ServiceName.LOG, url)), """
                        {"is":"withdrawn","revision":9,"provider":{"Name":"LogService","URL":"http://localhost:7001"}}"""),
                Arguments.of(new JournalRecord.Reserved(10), """
                        {"is":"reserved","revision":10}"""),
                Arguments.of(new JournalRecord.Settled(11), """
                        {"is":"settled","revision":11}"""));
    }

    /** Journals of earlier versions must stay readable; this is their content. */
    @ParameterizedTest
    @MethodSource("records")
    void givenARecord_whenWrittenAndRead_thenItsFormatIsUnchanged(JournalRecord record, String json)
            throws IOException {
        var payload = payload(JournalFormat.frame(List.of(record)));

        assertThat(new String(payload, StandardCharsets.UTF_8)).isEqualTo("[" + json + "]");
        assertThat(JournalFormat.records(payload)).containsExactly(record);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[{\"is\":\"moved\",\"revision\":1}]",
                "[{\"revision\":1}]",
                "[{\"is\":\"removed\",\"revision\":1}]",
                "[{\"is\":\"removed\",\"revision\":1,\"url\":\"nowhere\"}]",
                "{}",
                "[",
                "1"
            })
    void givenAnUnknownRecord_whenRead_thenItIsAnError(String json) {
        assertThatThrownBy(() -> JournalFormat.records(json.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(IOException.class);
    }

    @Test
    void givenAHeading_whenWrittenAndRead_thenItIsTheSame() throws IOException {
        var payload = payload(JournalFormat.heading(7, 3));

        assertThat(JournalFormat.heading(payload)).isEqualTo(new JournalFormat.Heading(1, 7, 3));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"format\":2,\"generation\":7,\"frames\":3}", "[]", "{}"})
    void givenAnUnknownHeading_whenRead_thenItIsAnError(String json) {
        assertThatThrownBy(() -> JournalFormat.heading(json.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(IOException.class);
    }

    private static byte[] payload(byte[] frame) {
        return Arrays.copyOfRange(frame, Frame.HEADER_BYTES, frame.length);
    }
}
