package dev.rollcall.discovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.rollcall.http.HttpHost;
import dev.rollcall.http.Response;
import dev.rollcall.http.Routes;
import dev.rollcall.testkit.Fault;
import dev.rollcall.testkit.FaultyServer;
import dev.rollcall.wire.HttpUrl;
import dev.rollcall.wire.Patch;
import dev.rollcall.wire.Provider;
import dev.rollcall.wire.ServiceName;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ServiceCallerTest {
    private static final ServiceName GRADING = ServiceName.GRADING;
    private static final Duration CALL_LIMIT = Duration.ofSeconds(30);
    /** The limit where a provider stalls; the other has to respond within it, on a slow machine too. */
    private static final Duration SHORT_LIMIT = Duration.ofSeconds(2);

    private static final Duration AVOID_FOR = Duration.ofSeconds(5);
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final ClientRequest GET = ClientRequest.get("/students?x=1");
    private static final ClientRequest POST =
            ClientRequest.post("/students/1/grades", "application/json", "{}".getBytes());

    private final List<AutoCloseable> open = new ArrayList<>();
    private final Providers providers = new Providers();
    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 1);

    @AfterEach
    void closeAll() throws Exception {
        for (var part : open) {
            part.close();
        }
    }

    static Stream<Arguments> faultsThatMoveOn() {
        return Stream.of(
                Arguments.of(new Fault.Refuse(), GET),
                Arguments.of(new Fault.Refuse(), POST),
                Arguments.of(new Fault.Stall(), GET),
                Arguments.of(new Fault.Reset(), GET),
                Arguments.of(new Fault.Truncate(new Fault.Answer(200, "half of it")), GET),
                Arguments.of(new Fault.Delay(Duration.ofMinutes(5), new Fault.Answer(200, "late")), GET),
                Arguments.of(new Fault.Answer(503, "no"), GET),
                Arguments.of(new Fault.Answer(503, "no").with("Connection", "close"), POST));
    }

    @ParameterizedTest
    @MethodSource("faultsThatMoveOn")
    void givenFaultThatDoesNoHarmTwice_whenCalled_thenTheOtherProviderAnswers(Fault fault, ClientRequest clientRequest)
            throws Exception {
        var faulty = provider(fault);
        var good = provider(new Fault.Answer(200, "from the other"));

        var clientResponse = caller(
                        fault instanceof Fault.Stall || fault instanceof Fault.Delay ? SHORT_LIMIT : CALL_LIMIT)
                .call(GRADING, clientRequest);

        assertThat(clientResponse.status()).isEqualTo(200);
        assertThat(clientResponse.text()).isEqualTo("from the other");
        assertThat(clientResponse.from().getPort()).isEqualTo(good.port());
        // the JDK's client itself repeats a GET whose connection is reset before a response
        assertThat(faulty.requests()).hasSizeBetween(fault instanceof Fault.Refuse ? 0 : 1, 6);
        assertThat(good.requests()).singleElement().satisfies(request -> {
            assertThat(request.method()).isEqualTo(clientRequest.method());
            assertThat(request.target()).isEqualTo(clientRequest.path());
            assertThat(request.body()).isEqualTo(clientRequest == POST ? "{}" : "");
        });
    }

    static Stream<Fault> faultsOfUncertainOutcome() {
        return Stream.of(
                new Fault.Stall(),
                new Fault.Reset(),
                new Fault.Truncate(new Fault.Answer(201, "half of it")),
                new Fault.Delay(Duration.ofMinutes(5), new Fault.Answer(201, "late")));
    }

    @ParameterizedTest
    @MethodSource("faultsOfUncertainOutcome")
    void givenPostThatMayHaveBeenDone_whenItFails_thenItIsNotDoneTwice(Fault fault) throws Exception {
        provider(fault);
        var good = provider(new Fault.Answer(201));
        var caller = caller(SHORT_LIMIT);

        var failure = catchThrowableOfType(CallFailedException.class, () -> caller.call(GRADING, POST));

        assertThat(failure.isSurelyNotDone()).isFalse();
        assertThat(failure).hasMessageContaining("POST /students/1/grades");
        assertThat(good.requests()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("faultsOfUncertainOutcome")
    void givenPostWithAKeyThatMayHaveBeenDone_whenItFails_thenOnlyAnotherThatHeedsKeysIsAsked(Fault fault)
            throws Exception {
        var faulty = FaultyServer.playing(fault);
        open.add(faulty);
        add(new Provider(GRADING, HttpUrl.of(faulty.url()), "of-this-suite", Map.of()));
        var plain = provider(new Fault.Answer(201));
        var good = FaultyServer.playing(new Fault.Answer(201, "once"));
        open.add(good);
        add(new Provider(GRADING, HttpUrl.of(good.url()), "of-this-suite-too", Map.of()));

        var clientResponse = caller(SHORT_LIMIT).call(GRADING, POST.with("Idempotency-Key", "k-1"));

        assertThat(clientResponse.text()).isEqualTo("once");
        assertThat(good.requests()).hasSize(1);
        assertThat(plain.requests()).isEmpty();
    }

    @Test
    void givenPostWithAKeyAtAPlainProvider_whenItFails_thenItIsNotDoneTwice() throws Exception {
        provider(new Fault.Reset());
        var good = provider(new Fault.Answer(201));
        var caller = caller(SHORT_LIMIT);

        catchThrowableOfType(
                CallFailedException.class, () -> caller.call(GRADING, POST.with("Idempotency-Key", "k-1")));

        assertThat(good.requests()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 201, 204, 301, 302, 303, 307, 400, 404, 409, 413, 429, 500, 502, 504})
    void givenAnyOtherAnswer_whenCalled_thenItIsTheAnswer(int status) throws Exception {
        provider(new Fault.Answer(status).with("Location", "http://127.0.0.1:1/elsewhere"));
        var other = provider(new Fault.Answer(200));

        var get = caller(CALL_LIMIT).call(GRADING, GET);
        var post = caller(CALL_LIMIT).call(GRADING, POST);

        assertThat(get.status()).isEqualTo(status);
        assertThat(post.status()).isEqualTo(status);
        assertThat(get.header("location")).contains("http://127.0.0.1:1/elsewhere");
        assertThat(other.requests()).isEmpty();
    }

    @Test
    void givenAnswerInTime_whenItIsLate_thenItIsTaken() throws Exception {
        provider(new Fault.Delay(Duration.ofMillis(50), new Fault.Answer(200, "slowly")));

        assertThat(caller(CALL_LIMIT).call(GRADING, GET).text()).isEqualTo("slowly");
    }

    @Test
    void givenNoProvider_whenCalled_thenSaidSo() {
        assertThatThrownBy(() -> caller(CALL_LIMIT).call(GRADING, GET))
                .isInstanceOf(NoProviderException.class)
                .hasMessageContaining("GradingService");
    }

    @Test
    void givenAllRefuse_whenCalled_thenSurelyNotDone() throws Exception {
        provider(new Fault.Refuse());
        provider(new Fault.Refuse());

        var failure = catchThrowableOfType(
                CallFailedException.class, () -> caller(CALL_LIMIT).call(GRADING, POST));

        assertThat(failure.isSurelyNotDone()).isTrue();
        assertThat(failure).hasMessageContaining("no connection");
    }

    @Test
    void givenAllAreUnavailable_whenCalled_thenEachIsAskedOnceAndTheRefusalIsTheAnswer() throws Exception {
        var one = provider(new Fault.Answer(503, "one"));
        var two = provider(new Fault.Answer(503, "two"));
        provider(new Fault.Refuse());

        var clientResponse = caller(CALL_LIMIT).call(GRADING, POST);

        assertThat(clientResponse.status()).isEqualTo(503);
        assertThat(one.requests()).hasSize(1);
        assertThat(two.requests()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void givenProviderThatFailed_whenCalledAgain_thenAvoidedForAWhile(boolean refuses) throws Exception {
        var faulty = provider(refuses ? new Fault.Refuse() : new Fault.Answer(503), new Fault.Answer(200, "first"));
        provider(new Fault.Answer(200, "second"));
        var caller = caller(CALL_LIMIT);
        var atFirst = caller.call(GRADING, GET).text();
        if (refuses) {
            faulty.listenAgain();
        }

        nanos.addAndGet(AVOID_FOR.toNanos() - 1);
        var oneBefore = caller.call(GRADING, GET).text();
        nanos.addAndGet(1);
        var after = caller.call(GRADING, GET).text();

        assertThat(List.of(atFirst, oneBefore, after)).containsExactly("second", "second", "first");
    }

    @Test
    void givenOnlyProviderFailed_whenCalledAgain_thenItIsTriedAllTheSame() throws Exception {
        provider(new Fault.Answer(503), new Fault.Answer(200, "back"));
        var caller = caller(CALL_LIMIT);
        caller.call(GRADING, GET);

        assertThat(caller.call(GRADING, GET).text()).isEqualTo("back");
    }

    @Test
    void givenAvoidedProvider_whenTheOthersFailToo_thenItIsTriedLast() throws Exception {
        provider(new Fault.Answer(503), new Fault.Answer(200, "first again"));
        provider(new Fault.Answer(200, "second"), new Fault.Answer(503));
        var caller = caller(CALL_LIMIT);

        var before = caller.call(GRADING, GET).text();
        var after = caller.call(GRADING, GET).text();

        assertThat(before).isEqualTo("second");
        assertThat(after).isEqualTo("first again");
    }

    @Test
    void givenKeptConnectionThatTheProviderClosed_whenCalledAgain_thenAGetIsAnswered() throws Exception {
        provider(new Fault.Answer(200, "one"), new Fault.Reset(), new Fault.Answer(200, "two"));
        var caller = caller(CALL_LIMIT);
        var first = caller.call(GRADING, GET).text();

        var second = caller.call(GRADING, GET).text();

        assertThat(List.of(first, second)).containsExactly("one", "two");
    }

    @Test
    void givenInterruption_whenCalling_thenItLeavesAndBlamesNobody() throws Exception {
        var stalling = provider(new Fault.Stall(), new Fault.Answer(200, "first"));
        var other = provider(new Fault.Answer(200, "second"));
        var caller = caller(Duration.ofSeconds(30));
        var failure = new CompletableFuture<Throwable>();
        var thread = new Thread(() -> {
            try {
                caller.call(GRADING, GET);
            } catch (IOException e) {
                failure.complete(Thread.currentThread().isInterrupted() ? e : new AssertionError("flag not set"));
            }
        });
        thread.start();
        stalling.takeRequest(LIMIT);

        thread.interrupt();

        assertThat(failure.get(30, TimeUnit.SECONDS))
                .isInstanceOf(CallFailedException.class)
                .hasMessageContaining("interrupted");
        assertThat(other.requests()).isEmpty();
        provider(new Fault.Answer(200, "not avoided in any case"));
        assertThat(caller.call(GRADING, GET).text()).isEqualTo("first");
    }

    @Test
    void givenCallsUnderWay_whenChoosing_thenTheyAreCountedForEachProvider() throws Exception {
        var stalling = provider(new Fault.Stall());
        var counts = new ArrayList<Integer>();
        var caller = new ServiceCaller(
                providers,
                (candidates, inFlight) -> {
                    counts.add(inFlight.applyAsInt(candidates.get(0)));
                    return candidates.get(0);
                },
                nanos::get,
                CALL_LIMIT,
                AVOID_FOR);
        var failed = new AtomicInteger();
        var threads = new ArrayList<Thread>();
        for (var i = 0; i < 2; i++) {
            var thread = new Thread(() -> {
                try {
                    caller.call(GRADING, POST);
                } catch (IOException e) {
                    failed.incrementAndGet();
                }
            });
            thread.start();
            threads.add(thread);
            stalling.takeRequest(LIMIT);
        }

        stalling.close();
        for (var thread : threads) {
            thread.join(30_000);
        }
        assertThatThrownBy(() -> caller.call(GRADING, POST)).isInstanceOf(CallFailedException.class);

        assertThat(counts).containsExactly(0, 1, 0);
        assertThat(failed).hasValue(2);
    }

    @Test
    void givenHeaders_whenCalled_thenSentAlong() throws Exception {
        var server = provider(new Fault.Answer(200));

        caller(CALL_LIMIT).call(GRADING, POST.with("traceparent", "00-1").with("X-Two", "2"));

        var request = server.takeRequest(LIMIT);
        assertThat(request.header("Content-Type")).isEqualTo("application/json");
        assertThat(request.header("traceparent")).isEqualTo("00-1");
        assertThat(request.header("X-Two")).isEqualTo("2");
        assertThat(request.header("Upgrade")).isEmpty();
    }

    @Test
    void givenHugeAnswer_whenRead_thenCut() throws Exception {
        var chunk = new byte[1 << 20];
        try (var host = HttpHost.onFreePort(Routes.NONE.get(
                "/huge",
                request -> Response.stream(200, "text/plain", out -> {
                    for (var i = 0; i < 200; i++) {
                        out.write(chunk);
                    }
                })))) {
            add("http://127.0.0.1:" + host.port());

            assertThatThrownBy(() -> caller(CALL_LIMIT).call(GRADING, ClientRequest.get("/huge")))
                    .isInstanceOf(CallFailedException.class)
                    .hasMessageContaining("larger than");
        }
    }

    private FaultyServer provider(Fault first, Fault... more) throws IOException {
        var server = FaultyServer.playing(first, more);
        open.add(server);
        add(server.url());
        return server;
    }

    private void add(String url) {
        add(Provider.of(GRADING, HttpUrl.of(url)));
    }

    private void add(Provider provider) {
        providers.apply(ReceivedPatch.plain(new Patch(List.of(provider), List.of())));
    }

    /** Chooses the first candidate, so that the test knows which provider is called. */
    private ServiceCaller caller(Duration callLimit) {
        return new ServiceCaller(
                providers, (candidates, inFlight) -> candidates.get(0), nanos::get, callLimit, AVOID_FOR);
    }
}
