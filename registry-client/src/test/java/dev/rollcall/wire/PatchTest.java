package dev.rollcall.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rollcall.testkit.ProtocolExamples;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PatchTest {
    private static final Provider LOG = Provider.of(ServiceName.LOG, HttpUrl.of("http://localhost:4000"));

    @Test
    void givenTheProtocolsExample_whenReadAndWritten_thenTheSameBytes() throws Exception {
        var example = ProtocolExamples.read().body("### Patch");

        var read = Json.read(example, Patch.class);

        assertThat(read).isEqualTo(new Patch(List.of(LOG), List.of()));
        assertThat(read.changesNothing()).isFalse();
        assertThat(Json.text(read)).isEqualTo(example);
    }

    @Test
    void givenExtendedEntries_whenWrittenAndRead_thenTheSame() throws Exception {
        var entry = new Provider(ServiceName.LOG, LOG.url(), "one run", Map.of("zone", "a"));
        var patch = new Patch(List.of(), List.of(entry));

        var json = Json.text(patch);

        assertThat(json)
                .isEqualTo("{\"Added\":[],\"Removed\":[{\"Name\":\"LogService\",\"URL\":\"http://localhost:4000\","
                        + "\"InstanceID\":\"one run\",\"Metadata\":{\"zone\":\"a\"}}]}");
        assertThat(Json.read(json, Patch.class)).isEqualTo(patch);
        assertThat(entry.plain()).isEqualTo(LOG);
        assertThat(LOG.plain()).isSameAs(LOG);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"Added\":[],\"Removed\":[]}",
                "{\"Added\":null,\"Removed\":null}",
                "{\"added\":[null],\"Other\":7}",
            })
    void givenNothingInAnySpelling_whenRead_thenItChangesNothing(String json) throws Exception {
        var read = Json.read(json, Patch.class);

        assertThat(read).isEqualTo(Patch.EMPTY);
        assertThat(read.changesNothing()).isTrue();
    }

    @Test
    void givenKeysInOtherCaseAndUnknownFields_whenRead_thenTheSame() throws Exception {
        var json = "{\"added\":[{\"name\":\"LogService\",\"Url\":\"http://localhost:4000/\",\"Weight\":5,"
                + "\"INSTANCEID\":null,\"metadata\":null}],\"REMOVED\":null}";

        var read = Json.read(json, Patch.class);

        assertThat(read).isEqualTo(new Patch(List.of(LOG), List.of()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "{\"Added\":",
                "{\"Added\":7}",
                "{\"Added\":[{\"Name\":\"LogService\"}]}",
                "{\"Added\":[{\"URL\":\"http://localhost:4000\"}]}",
                "{\"Added\":[{\"Name\":\"\",\"URL\":\"http://localhost:4000\"}]}",
                "{\"Added\":[{\"Name\":\"LogService\",\"URL\":\"localhost:4000\"}]}",
            })
    void givenBrokenPatch_whenRead_thenRefused(String json) {
        assertThatThrownBy(() -> Json.read(json, Patch.class))
                .isInstanceOfSatisfying(
                        MalformedJsonException.class,
                        e -> assertThat(e.detail()).isNotBlank().doesNotContain("dev.rollcall", "java."));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"Name\":\"LogService\",\"URL\":\"localhost:4000\"}",
                "{\"Name\":\"\",\"URL\":\"http://h\"}",
                "{\"Name\":\"LogService\"}",
                "{\"Name\":{\"deep\":[1,{\"a\":2}]},\"URL\":\"http://h\",\"Metadata\":{\"a\":\"b\"}}",
                "{\"Name\":\"LogService\",\"URL\":[],\"InstanceID\":[[\"x\"]]}",
                "{}",
                "[]",
                "[[1],{}]",
                "\"LogService\"",
                "17",
                "true",
            })
    void givenAnEntryThatMakesNoSense_whenReadWithoutIt_thenTheOthersAreThereAndItIsTold(String odd) throws Exception {
        var good = "{\"Name\":\"LogService\",\"URL\":\"http://h\"}";
        var json = "{\"Added\":[" + good + "," + odd + "," + good.replace("http://h", "http://i") + "],\"Removed\":["
                + odd + ",null]}";
        var told = new ArrayList<String>();

        var patch = Json.read(json.getBytes(StandardCharsets.UTF_8), Patch.class, told::add);

        assertThat(patch.added()).extracting(each -> each.url().value()).containsExactly("http://h", "http://i");
        assertThat(patch.removed()).isEmpty();
        assertThat(told).hasSize(2);
        assertThat(told.get(0)).startsWith("/Added/1 ").doesNotContain("dev.rollcall", "java.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[]",
                "{\"Added\":{}}",
                "{\"Added\":[{\"Name\":\"LogService\",\"URL\":\"http://h\"},{\"Name\":}]}",
                "{\"Added\":[{\"Name\":\"LogService\",\"URL\":17",
                "{\"Added\":[{\"Name\":\"LogService\"}],}",
            })
    void givenBrokenJson_whenReadWithoutOddEntries_thenRefused(String json) {
        assertThatThrownBy(() -> Json.read(json.getBytes(StandardCharsets.UTF_8), Patch.class, odd -> {}))
                .isInstanceOf(MalformedJsonException.class);
    }

    @Test
    void givenOneWrongEntry_whenRead_thenToldWhichAndWhy() {
        var json = "{\"Added\":[{\"Name\":\"LogService\",\"URL\":\"http://h\"},{\"Name\":\"LogService\"}]}";

        assertThatThrownBy(() -> Json.read(json, Patch.class))
                .hasMessageContaining("Added[1]: a provider has a Name and a URL");
    }
}
