package dev.rollcall.log;

import static dev.rollcall.log.TestService.ADA;
import static dev.rollcall.log.TestService.BOB;
import static dev.rollcall.log.TestService.ack;
import static dev.rollcall.log.TestService.linesIn;
import static dev.rollcall.log.TestService.record;
import static dev.rollcall.log.TestService.records;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.wire.Dropped;
import dev.rollcall.wire.Json;
import dev.rollcall.wire.LogRecord;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class PostLogTest {
    @TempDir
    Path directory;

    private TestService service;

    @BeforeEach
    void start() throws IOException {
        service = TestService.on(directory);
    }

    @AfterEach
    void stop() throws IOException {
        service.close();
    }

    @Test
    void givenAPlainLine_whenPosted_thenItIsStoredAndTheResponseIsEmpty() throws Exception {
        var response = service.plain("[GradingService] - message\n");

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Length")).contains("0");
        assertThat(ack(response)).isEqualTo("none");
        assertThat(linesIn(directory))
                .containsExactly("{\"time\":\"2026-11-22T09:15:37.123456Z\",\"service\":\"GradingService\","
                        + "\"message\":\"message\"}");
    }

    @Test
    void givenAPlainLineWithAllItsFieldsBesideIt_whenPosted_thenTheyAreStored() throws Exception {
        var json = record(1, "ERROR", "m\\u00fc").strip();

        var response = service.plain(
                "[GradingService] - mü\n", "Log-Producer", ADA, "Log-Sequence", "1-1", "Log-Record", json);

        assertThat(ack(response)).isEqualTo("1");
        assertThat(linesIn(directory))
                .containsExactly("{\"time\":\"2026-11-22T09:15:37.123456Z\",\"service\":\"GradingService\","
                        + "\"level\":\"ERROR\",\"message\":\"mü\",\"sequence\":1,\"producer\":\"" + ADA + "\"}");
    }

    @Test
    void givenTextsTooLongForTheHeader_whenPosted_thenTheyComeFromTheBodyAndTheRestFromTheHeader() throws Exception {
        var json = record(1, "ERROR", "m").strip();
        var body = "[S] - ERROR 2026-11-22T09:15:37.123Z müssage key=\"v\"\nIOException\n\tat X\n";

        service.plain(body, "Log-Producer", ADA, "Log-Sequence", "1-1", "Log-Record", json, "Log-Text", "37-44,53-70");

        assertThat(linesIn(directory))
                .containsExactly("{\"time\":\"2026-11-22T09:15:37.123456Z\",\"service\":\"GradingService\","
                        + "\"level\":\"ERROR\",\"message\":\"müssage\",\"error\":\"IOException\\n\\tat X\","
                        + "\"sequence\":1,\"producer\":\"" + ADA + "\"}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "0-9999", "9-3", "0-2,9-9999", "99999999999-1"})
    void givenInvalidRanges_whenPosted_thenTheHeaderIsStoredAsItIs(String places) throws Exception {
        var json = record(1, "ERROR", "m").strip();

        var response = service.plain(
                "[S] - body\n", "Log-Producer", ADA, "Log-Sequence", "1-1", "Log-Record", json, "Log-Text", places);

        assertThat(ack(response)).isEqualTo("1");
        assertThat(linesIn(directory)).singleElement().asString().contains("\"message\":\"m\"");
    }

    @Test
    void givenAPlainLineWithLevelAndTime_whenPosted_thenTheyAreFieldsAndNoPartOfTheMessage() throws Exception {
        service.plain("[GradingService] - WARN 2026-11-22T09:15:36.5Z two\nlines\n");

        assertThat(linesIn(directory))
                .containsExactly("{\"time\":\"2026-11-22T09:15:36.500Z\",\"service\":\"GradingService\","
                        + "\"level\":\"WARN\",\"message\":\"two\\nlines\"}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "WARN 2026-02-30T09:15:36Z x",
                "WARN 9999-11-22T09:15:36Z x",
                "WARN 0001-11-22T09:15:36Z x",
                "WARN soon x",
                "warn 2026-11-22T09:15:36Z x"
            })
    void givenAPlainLineThatOnlyBeginsAlike_whenPosted_thenItIsAMessage(String message) throws Exception {
        service.plain("[GradingService] - " + message + "\n");

        assertThat(linesIn(directory)).singleElement().asString().contains("\"message\":\"" + message + "\"");
    }

    @Test
    void givenAPlainLineForAGap_whenPosted_thenTheWholeGapIsAcknowledged() throws Exception {
        var gap = Json.text(LogRecord.gap(TestService.NOW, "GradingService", "i", new Dropped(1, 9, "full")));

        var response =
                service.plain("[GradingService] - 9\n", "Log-Producer", ADA, "Log-Sequence", "1-9", "Log-Record", gap);

        assertThat(ack(response)).isEqualTo("9");
        assertThat(linesIn(directory)).singleElement().asString().contains("\"dropped\":{\"from\":1,\"to\":9");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{", "no JSON", "{\"time\":\"2026-11-22T09:15:37Z\",\"message\":\"m\",\"sequence\":7}", "{}"})
    void givenAPlainLineWithOtherFieldsBesideIt_whenPosted_thenTheLineIsStored(String record) throws Exception {
        var response = service.plain(
                "[GradingService] - message\n", "Log-Producer", ADA, "Log-Sequence", "1-1", "Log-Record", record);

        assertThat(ack(response)).isEqualTo("1");
        assertThat(linesIn(directory)).singleElement().asString().contains("\"message\":\"message\",\"sequence\":1");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "[A] - x | A | x",
                "[A] - [B] - x | A | [B] - x",
                "[Grading Service] -  x | Grading Service | \" x\"",
                "no form | \"\" | no form",
                "[] - x | \"\" | [] - x",
                "[A] -x | \"\" | [A] -x",
                "x [A] - y | \"\" | x [A] - y",
            })
    void givenPlainText_whenPosted_thenServiceAndMessageAreTakenApart(String body, String name, String message)
            throws Exception {
        service.plain(body + "\r\n");

        var stored = Json.read(linesIn(directory).get(0), LogRecord.class);
        assertThat(stored.service()).isEqualTo(name);
        assertThat(stored.message()).isEqualTo(message);
    }

    @Test
    void givenLineEndsInsideTheMessage_whenPosted_thenItIsStillOneRecord() throws Exception {
        service.plain("[A] - one\n{\"time\":\"2026-11-22T09:15:37Z\",\"message\":\"forged\"}\r\u2028\u0085end\n");

        assertThat(linesIn(directory)).hasSize(1);
        assertThat(Json.read(linesIn(directory).get(0), LogRecord.class).message())
                .isEqualTo("one\n{\"time\":\"2026-11-22T09:15:37Z\",\"message\":\"forged\"}\r\u2028\u0085end");
    }

    @Test
    void givenTheProtocolsExample_whenPostedAsABatch_thenItIsStoredFieldByField() throws Exception {
        var example = "{\"time\":\"2026-11-22T09:15:37.123456Z\",\"service\":\"GradingService\",\"instance\":\"i\","
                + "\"level\":\"INFO\",\"logger\":\"l\",\"thread\":\"t\",\"message\":\"m\",\"error\":\"stack trace\","
                + "\"trace\":\"tr\",\"span\":\"sp\",\"keys\":{\"student\":\"42\"},\"sequence\":7}";

        var response = service.batch(ADA, 7, 7, example + "\n");

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Length")).contains("0");
        assertThat(ack(response)).isEqualTo("7");
        assertThat(linesIn(directory)).containsExactly(example.replaceFirst("}$", ",\"producer\":\"" + ADA + "\"}"));
    }

    @Test
    void givenAPlainLineWithNumbers_whenPostedTwice_thenItIsAcknowledgedTwiceAndStoredOnce() throws Exception {
        var headers = new String[] {"Log-Producer", ADA, "Log-Sequence", "1-1"};

        assertThat(ack(service.plain("[A] - x\n", headers))).isEqualTo("1");
        assertThat(ack(service.plain("[A] - x\n", headers))).isEqualTo("1");

        assertThat(linesIn(directory)).hasSize(1);
    }

    @Test
    void givenABatch_whenItComesAgainWithMore_thenOnlyTheNewIsStored() throws Exception {
        service.batch(ADA, 1, 3, records(1, 3));

        assertThat(ack(service.batch(ADA, 1, 3, records(1, 3)))).isEqualTo("3");
        assertThat(ack(service.batch(ADA, 2, 5, records(2, 5)))).isEqualTo("5");
        assertThat(ack(service.batch(ADA, 1, 2, records(1, 2)))).isEqualTo("5");

        assertThat(linesIn(directory)).hasSize(5).doesNotHaveDuplicates();
        assertThat(service.get("/log/producers").body())
                .isEqualTo("[{\"producer\":\"" + ADA + "\",\"service\":\"GradingService\",\"instance\":\"\","
                        + "\"produced\":5,\"received\":5,\"dropped\":0,\"unaccounted\":0,\"duplicates\":7,"
                        + "\"lastSequence\":5,"
                        + "\"lastHeard\":\"2026-11-22T09:15:37.123456Z\"}]");
    }

    @Test
    void givenAKnownProducer_whenSequencesAreMissing_thenTheLastSequenceIsReturnedAndNothingIsStored()
            throws Exception {
        service.batch(ADA, 1, 3, records(1, 3));

        var response = service.batch(ADA, 5, 6, records(5, 6));

        assertThat(response.statusCode()).isEqualTo(409);
        assertThat(ack(response)).isEqualTo("3");
        assertThat(linesIn(directory)).hasSize(3);
        assertThat(ack(service.batch(ADA, 4, 6, records(4, 6)))).isEqualTo("6");
    }

    @Test
    void givenAnUnknownProducer_whenItBeginsAnywhere_thenItIsStored() throws Exception {
        service.batch(ADA, 1, 3, records(1, 3));

        assertThat(ack(service.batch(BOB, 1_000, 1_001, records(1_000, 1_001)))).isEqualTo("1001");
    }

    @Test
    void givenSomeMalformedLines_whenPosted_thenTheOthersAreStoredAndEachIsReported() throws Exception {
        var lines = record(1, "INFO", "good") + "broken\n" + "{\"message\":\"no time\"}\n" + record(9, "INFO", "other")
                + record(5, "INFO", "good");

        var response = service.batch(ADA, 1, 5, lines);

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(ack(response)).isEqualTo("5");
        assertThat(response.body().lines())
                .hasSize(3)
                .allSatisfy(line -> assertThat(line).contains("\"detail\":"))
                .satisfiesExactly(
                        line -> assertThat(line).startsWith("{\"line\":2,\"sequence\":2,"),
                        line -> assertThat(line).startsWith("{\"line\":3,\"sequence\":3,"),
                        line -> assertThat(line).startsWith("{\"line\":4,\"sequence\":4,"));
        assertThat(linesIn(directory))
                .hasSize(5)
                .filteredOn(line -> line.contains("good"))
                .hasSize(2);
    }

    @Test
    void givenAGapRecord_whenPostedInPlaceOfWhatWasDropped_thenTheAccountCloses() throws Exception {
        var gap = Json.text(
                LogRecord.gap(TestService.NOW, "GradingService", "i", new Dropped(2, 9, "the buffer was full")));

        var response = service.batch(ADA, 1, 10, record(1, "INFO", "a") + gap + "\n" + record(10, "INFO", "b"));

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(ack(response)).isEqualTo("10");
        assertThat(linesIn(directory)).hasSize(3);
        assertThat(service.get("/log?level=WARN").body())
                .contains("WARN  GradingService 8 records were dropped: the buffer was full");
        assertThat(service.get("/log/producers").body())
                .contains("\"produced\":10,\"received\":2,\"dropped\":8,\"unaccounted\":0,");
        service.close();
        service = TestService.on(directory);
        assertThat(service.get("/log/producers").body())
                .contains("\"produced\":10,\"received\":2,\"dropped\":8,\"unaccounted\":0,");
    }

    @ParameterizedTest
    @CsvSource({"3, 9", "1, 9", "2, 8", "2, 11"})
    void givenAGapRecordThatDoesNotFit_whenPosted_thenItIs400AndNothingIsStored(long from, long to) throws Exception {
        var gap = Json.text(LogRecord.gap(TestService.NOW, "GradingService", "i", new Dropped(from, to, "x")));

        var response = service.batch(ADA, 1, 10, record(1, "INFO", "a") + gap + "\n" + record(10, "INFO", "b"));

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(linesIn(directory)).isEmpty();
    }

    @Test
    void givenBytesThatAreNotUtf8_whenPosted_thenThatLineIsRejectedAndTheOthersAreStored() throws Exception {
        var lines = (record(1, "INFO", "good") + record(2, "INFO", "bad ~") + record(3, "INFO", "good"))
                .getBytes(StandardCharsets.UTF_8);
        lines[new String(lines, StandardCharsets.US_ASCII).indexOf('~')] = (byte) 0xff;

        var response = service.batch(lines, "Log-Producer", ADA, "Log-Sequence", "1-3");

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEqualTo("{\"line\":2,\"sequence\":2,\"detail\":\"it is not UTF-8\"}\n");
        assertThat(linesIn(directory)).hasSize(3);
    }

    @Test
    void givenOtherForms_whenPosted_thenAllAreStoredInTheCompactOne() throws Exception {
        var lines =
                "{\"time\":\"2026-11-22T10:15:37+01:00\",\"Message\":\"a\",\"host\":\"h\",\"producer\":\"forged\"}\r\n"
                        + "{ \"message\" : \"b\", \"time\" : \"2026-11-22T09:15:37Z\", \"service\" : null }\n";

        service.batch(ADA, 1, 2, lines);

        assertThat(linesIn(directory))
                .containsExactly(
                        "{\"time\":\"2026-11-22T09:15:37Z\",\"message\":\"a\",\"sequence\":1,\"producer\":\"" + ADA
                                + "\"}",
                        "{\"time\":\"2026-11-22T09:15:37Z\",\"message\":\"b\",\"sequence\":2}");
    }

    @Test
    void givenABatchWithoutNumbers_whenPosted_thenItsGoodLinesAreStored() throws Exception {
        var response = service.batch(records(1, 2) + "\n\nbroken\n");

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(ack(response)).isEqualTo("none");
        assertThat(response.body()).startsWith("{\"line\":5,\"detail\"");
        assertThat(linesIn(directory)).hasSize(2).noneMatch(line -> line.contains("sequence"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n", "broken", "null", "[]", "{\"message\":\"no time\"}"})
    void givenNoGoodLine_whenPostedAsABatch_thenItIs400(String lines) throws Exception {
        var response = service.batch(lines);

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(linesIn(directory)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "no-uuid, 1-1",
        "1-1-1-1-1, 1-1",
        "6f1e8a52-7c4d-4b6e-9d12-3a5b7c9d0e1f, 0-0",
        "6f1e8a52-7c4d-4b6e-9d12-3a5b7c9d0e1f, 2-1",
        "6f1e8a52-7c4d-4b6e-9d12-3a5b7c9d0e1f, 1",
        "6f1e8a52-7c4d-4b6e-9d12-3a5b7c9d0e1f, 1-9999999999999999999",
        "6f1e8a52-7c4d-4b6e-9d12-3a5b7c9d0e1f, 1-2",
    })
    void givenWrongNumbers_whenPosted_thenItIs400(String producer, String sequence) throws Exception {
        var headers = new String[] {"Log-Producer", producer, "Log-Sequence", sequence};

        assertThat(service.plain("[A] - x\n", headers).statusCode()).isEqualTo(400);
        assertThat(service.batch(record(1, "INFO", "x"), headers).statusCode()).isEqualTo(400);
        assertThat(linesIn(directory)).isEmpty();
    }

    @Test
    void givenAnEmptyBody_whenPosted_thenItIs400() throws Exception {
        assertThat(service.plain("").statusCode()).isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"PUT", "DELETE", "PATCH"})
    void givenAnotherMethod_whenSent_thenItIs405(String method) throws Exception {
        var response = service.method(method, "/log");

        assertThat(response.statusCode()).isEqualTo(405);
        assertThat(response.headers().firstValue("Allow")).contains("GET, HEAD, POST");
    }

    @Test
    void givenACompressedBatch_whenPosted_thenItIsStored() throws Exception {
        var gzip = gzipped(records(1, 200).getBytes(StandardCharsets.UTF_8));

        var response = service.batch(gzip, "Content-Encoding", "gzip", "Log-Producer", ADA, "Log-Sequence", "1-200");

        assertThat(ack(response)).isEqualTo("200");
        assertThat(linesIn(directory)).hasSize(200);
    }

    @Test
    void givenAGzipBomb_whenPosted_thenItIs413AndNothingIsStored() throws Exception {
        var response = service.batch(gzipped(new byte[64 << 20]), "Content-Encoding", "gzip");

        assertThat(response.statusCode()).isEqualTo(413);
        assertThat(linesIn(directory)).isEmpty();
    }

    @Test
    void givenHalfACharacter_whenPosted_thenItIsStoredWithAQuestionMark() throws Exception {
        assertThat(ack(service.batch(ADA, 1, 1, record(1, "INFO", "half \\ud83d"))))
                .isEqualTo("1");

        assertThat(linesIn(directory).get(0)).contains("\"message\":\"half ?\"");
    }

    @Test
    void givenManyAtOnce_whenAllPost_thenAllGetAResponseAndAreStoredOnce() throws Exception {
        var threads = Executors.newFixedThreadPool(32);
        try {
            var posts = new ArrayList<Callable<Integer>>();
            for (var i = 0; i < 1_000; i++) {
                var message = "[A] - m" + i + "\n";
                posts.add(() -> service.plain(message).statusCode());
            }

            for (var response : threads.invokeAll(posts)) {
                assertThat(response.get()).isEqualTo(200);
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(linesIn(directory)).hasSize(1_000);
        assertThat(linesIn(directory).stream()
                        .map(line -> line.replaceFirst(".*\"message\":\"(m\\d+)\"}", "$1"))
                        .distinct())
                .hasSize(1_000);
    }

    private static byte[] gzipped(byte[] content) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(bytes)) {
            gzip.write(content);
        }
        return bytes.toByteArray();
    }
}
