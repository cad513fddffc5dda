package dev.rollcall.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rollcall.testkit.ProtocolExamples;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RegistrationTest {
    private static final HttpUrl URL = HttpUrl.of("http://localhost:6000");
    private static final Registration PLAIN = new Registration(
            ServiceName.GRADING,
            URL,
            List.of(ServiceName.LOG),
            URI.create("http://localhost:6000/services"),
            URI.create("http://localhost:6000/heartbeat"),
            "",
            0,
            Map.of());

    @Test
    void givenTheProtocolsExample_whenReadAndWritten_thenTheSameBytes() throws Exception {
        var example = ProtocolExamples.read().body("### Register");

        var read = Json.read(example, Registration.class);

        assertThat(read).isEqualTo(PLAIN);
        assertThat(read.isExtended()).isFalse();
        assertThat(Json.text(read)).isEqualTo(example);
    }

    @Test
    void givenExtendedRegistration_whenWrittenAndRead_thenTheSame() throws Exception {
        var extended = new Registration(
                ServiceName.PORTAL,
                URL,
                List.of(ServiceName.LOG, ServiceName.GRADING),
                PLAIN.updateUrl(),
                PLAIN.heartbeatUrl(),
                "one run",
                Registration.EXTENDED,
                Map.of("version", "0.1.0"));

        var json = Json.text(extended);

        assertThat(json).endsWith(",\"InstanceID\":\"one run\",\"Protocol\":2,\"Metadata\":{\"version\":\"0.1.0\"}}");
        assertThat(Json.read(json, Registration.class)).isEqualTo(extended);
        assertThat(extended.isExtended()).isTrue();
        assertThat(extended.asProvider())
                .isEqualTo(new Provider(ServiceName.PORTAL, URL, "one run", Map.of("version", "0.1.0")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"RequiredService\":[\"LogService\"]",
                "\"RequiredService\":\"LogService\"",
                "\"requiredservice\":\"LogService\"",
                "\"RequiredServices\":[],\"RequiredService\":[\"LogService\"]",
                "\"RequiredServices\":[\"LogService\"],\"RequiredService\":null",
                "\"RequiredServices\":[\"LogService\"],\"RequiredService\":[\"LogService\",\"\",null]",
            })
    void givenRequirementsInAnySpelling_whenRead_thenTheSame(String requires) throws Exception {
        var read = Json.read(
                "{\"ServiceName\":\"GradingService\",\"ServiceUrl\":\"http://localhost:6000\"," + requires
                        + ",\"ServiceUpdateUrl\":\"http://localhost:6000/services\","
                        + "\"HeartbeatUrl\":\"http://localhost:6000/heartbeat\"}",
                Registration.class);

        assertThat(read).isEqualTo(PLAIN);
    }

    @Test
    void givenBothSpellings_whenRead_thenAllOfThem() throws Exception {
        var read = Json.read(
                "{\"ServiceName\":\"PortalService\",\"ServiceURL\":\"http://localhost:5000\","
                        + "\"RequiredService\":[\"LogService\"],\"RequiredServices\":[\"GradingService\"]}",
                Registration.class);

        assertThat(read.requires()).containsExactlyInAnyOrder(ServiceName.LOG, ServiceName.GRADING);
    }

    @Test
    void givenRequirementsThatAreNoNames_whenReadWithoutThem_thenTheOthersAreThere() throws Exception {
        var told = new ArrayList<String>();
        var json = "{\"ServiceName\":\"GradingService\",\"ServiceURL\":\"http://localhost:6000\","
                + "\"RequiredServices\":[[],\"LogService\",{\"a\":[1]},null,[\"x\"]]}";

        var read = Json.read(json.getBytes(StandardCharsets.UTF_8), Registration.class, told::add);

        assertThat(read.requires()).containsExactly(ServiceName.LOG);
        assertThat(told).hasSize(3);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"ServiceName\":\"GradingService\",\"ServiceURL\":\"http://localhost:6000\"}",
                "{\"ServiceName\":\"GradingService\",\"ServiceURL\":\" http://localhost:6000/ \"}",
                "{\"servicename\":\"GradingService\",\"SERVICEURL\":\"http://localhost:6000\"}",
                "{\"ServiceName\":\"GradingService\",\"ServiceUrl\":\"http://localhost:6000\",\"RequiredServices\":[]}",
                "{\"ServiceName\":\"GradingService\",\"ServiceURL\":\"http://localhost:6000\",\"RequiredServices\":null,"
                        + "\"ServiceUpdateURL\":null,\"HeartbeatURL\":null,\"InstanceID\":null,\"Protocol\":null,"
                        + "\"Metadata\":null}",
                "{\"ServiceName\":\"GradingService\",\"ServiceURL\":\"http://localhost:6000\",\"RequiredServices\":[],"
                        + "\"ServiceUpdateURL\":\"\",\"HeartbeatURL\":\" \",\"InstanceID\":\"\",\"Protocol\":0,"
                        + "\"Metadata\":{}}",
                "{\"ServiceName\":\"GradingService\",\"ServiceURL\":\"http://localhost:6000\","
                        + "\"RequiredServices\":[null,\"\",\" \"],\"Metadata\":{\"zone\":null}}",
                "{\"Unknown\":{\"deep\":[1,2]},\"ServiceName\":\"GradingService\",\"ServiceURL\":\"http://localhost:6000\"}",
            })
    void givenTheSmallestRegistrationInAnySpelling_whenRead_thenTheSame(String json) throws Exception {
        var read = Json.read(json, Registration.class);

        assertThat(read).isEqualTo(Registration.of(ServiceName.GRADING, URL));
        assertThat(read.findUpdateUrl()).isEmpty();
        assertThat(read.findHeartbeatUrl()).isEmpty();
    }

    @Test
    void givenKeysInOtherCase_whenRead_thenTheSame() throws Exception {
        var example = ProtocolExamples.read().body("### Register");
        var otherCase = example.replace("ServiceURL", "ServiceUrl")
                .replace("RequiredServices", "requiredServices")
                .replace("ServiceUpdateURL", "SERVICEUPDATEURL")
                .replace("HeartbeatURL", "heartbeaturl");

        var read = Json.read(otherCase, Registration.class);

        assertThat(read).isEqualTo(PLAIN);
    }

    @Test
    void givenDoubledRequirements_whenRead_thenOnce() throws Exception {
        var json = "{\"ServiceName\":\"P\",\"ServiceURL\":\"http://h\",\"RequiredServices\":[\"L\",\"G\",\"L\"]}";

        var read = Json.read(json, Registration.class);

        assertThat(read.requires()).containsExactly(new ServiceName("L"), new ServiceName("G"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "null",
                "[]",
                "7",
                "\"text\"",
                "{",
                "{}",
                "{\"ServiceName\":\"G\"}",
                "{\"ServiceURL\":\"http://h\"}",
                "{\"ServiceName\":\"\",\"ServiceURL\":\"http://h\"}",
                "{\"ServiceName\":\" \",\"ServiceURL\":\"http://h\"}",
                "{\"ServiceName\":\"G\\nH\",\"ServiceURL\":\"http://h\"}",
                "{\"ServiceName\":\"G\",\"ServiceURL\":\"\"}",
                "{\"ServiceName\":\"G\",\"ServiceURL\":\"h:80\"}",
                "{\"ServiceName\":\"G\",\"ServiceURL\":\"javascript:alert(1)\"}",
                "{\"ServiceName\":\"G\",\"ServiceURL\":{\"value\":\"http://h\"}}",
                "{\"ServiceName\":\"G\",\"ServiceURL\":\"http://h\",\"RequiredServices\":\"L\"}",
                "{\"ServiceName\":\"G\",\"ServiceURL\":\"http://h\",\"HeartbeatURL\":\"/heartbeat\"}",
                "{\"ServiceName\":\"G\",\"ServiceURL\":\"http://h\",\"ServiceUpdateURL\":\"file:///x\"}",
                "{\"ServiceName\":\"G\",\"ServiceURL\":\"http://h\",\"Protocol\":\"2\"}",
                "{\"ServiceName\":\"G\",\"ServiceURL\":\"http://h\",\"InstanceID\":\"a\\nb\"}",
                "{\"ServiceName\":\"G\",\"ServiceURL\":\"http://h\"} and more",
                "{\"ServiceName\":\"G\",\"ServiceURL\":\"http://h\"}{}",
            })
    void givenBrokenOrIncompleteRegistration_whenRead_thenRefusedInWordsForTheSender(String json) {
        assertThatThrownBy(() -> Json.read(json, Registration.class))
                .isInstanceOfSatisfying(
                        MalformedJsonException.class,
                        e -> assertThat(e.detail()).isNotBlank().doesNotContain("dev.rollcall", "java."));
    }

    @Test
    void givenTooMuch_whenMade_thenRefusedAtOneAboveTheLimit() {
        assertThat(withInstance("x".repeat(200)).instanceId()).hasSize(200);
        assertThat(withMetadata(64).metadata()).hasSize(64);
        assertThat(withRequirements(1_000).requires()).hasSize(1_000);
        assertThatThrownBy(() -> withInstance("x".repeat(201))).hasMessageContaining("200");
        assertThatThrownBy(() -> withMetadata(65)).hasMessageContaining("64");
        assertThatThrownBy(() -> withRequirements(1_001)).hasMessageContaining("1000");
    }

    private static Registration withInstance(String id) {
        return new Registration(ServiceName.LOG, URL, List.of(), null, null, id, 2, Map.of());
    }

    private static Registration withMetadata(int entries) {
        var metadata = IntStream.range(0, entries).boxed().collect(Collectors.toMap(i -> "key" + i, i -> "value"));
        return new Registration(ServiceName.LOG, URL, List.of(), null, null, "", 2, metadata);
    }

    private static Registration withRequirements(int count) {
        var names = IntStream.range(0, count)
                .mapToObj(i -> new ServiceName("S" + i))
                .toList();
        return new Registration(ServiceName.LOG, URL, names, null, null, "", 2, Map.of());
    }
}
