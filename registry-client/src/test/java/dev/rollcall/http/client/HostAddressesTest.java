package dev.rollcall.http.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HostAddressesTest {
    private static final Duration LIMIT = Duration.ofSeconds(20);

    private final AtomicLong nanos = new AtomicLong();
    private final AtomicInteger lookUps = new AtomicInteger();
    private final CountDownLatch end = new CountDownLatch(1);

    @AfterEach
    void endLookUps() {
        end.countDown();
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "::1", "fe80::1", "localhost", "LOCALHOST.", "a.localhost", "::g", "1:2"})
    void givenAHostThatIsWrittenOut_whenFound_thenNothingIsLookedUp(String host) {
        var hosts = new HostAddresses(this::unknown, nanos::get);

        assertThat(hosts.find(host)).isCompleted();

        assertThat(lookUps).hasValue(0);
    }

    @Test
    void givenLocalhost_whenFound_thenItIsLoopback() throws Exception {
        var hosts = new HostAddresses(this::unknown, nanos::get);

        assertThat(hosts.await("x.localhost", LIMIT)).allMatch(InetAddress::isLoopbackAddress);
        assertThat(hosts.await("localhost", LIMIT).get(0).getHostAddress()).isEqualTo("127.0.0.1");
    }

    @Test
    void givenANameThatHangs_whenManyWantIt_thenItIsLookedUpOnce() {
        var hosts = new HostAddresses(this::hang, nanos::get);

        var all = new ArrayList<CompletableFuture<List<InetAddress>>>();
        for (var i = 0; i < 100; i++) {
            all.add(hosts.find(i % 2 == 0 ? "log" : "LOG"));
        }
        end.countDown();

        assertThat(all)
                .allSatisfy(each -> assertThat(each.get(20, TimeUnit.SECONDS)).isEmpty());
        assertThat(lookUps).hasValue(1);
    }

    @Test
    void givenAWaitThatIsTooShort_whenTheNameHangs_thenItEndsInTime() {
        var hosts = new HostAddresses(this::hang, nanos::get);

        assertThatThrownBy(() -> hosts.await("log", Duration.ofMillis(20)))
                .isInstanceOf(UnknownHostException.class)
                .hasMessageContaining("in time");
    }

    @Test
    void givenAnUnknownName_whenWantedAgain_thenItIsLookedUpAfterPausesThatGrowToABound() throws Exception {
        var hosts = new HostAddresses(this::unknown, nanos::get);
        var seconds = new ArrayList<Long>();

        for (var tick = 0; tick < 400; tick++) {
            nanos.set(tick * TimeUnit.MILLISECONDS.toNanos(500));
            var before = lookUps.get();
            assertThat(hosts.find("log").get(20, TimeUnit.SECONDS)).isEmpty();
            if (lookUps.get() > before) {
                seconds.add(nanos.get() / TimeUnit.MILLISECONDS.toNanos(500));
            }
        }

        assertThat(seconds).startsWith(0L, 1L, 3L, 7L, 15L, 31L, 63L, 123L, 183L);
    }

    @Test
    void givenAFoundName_whenWantedWithinFiveSeconds_thenItIsNotLookedUpAgain() throws Exception {
        var hosts = new HostAddresses(this::loopback, nanos::get);

        hosts.await("log", LIMIT);
        nanos.set(TimeUnit.MILLISECONDS.toNanos(4_999));
        hosts.await("log", LIMIT);
        assertThat(lookUps).hasValue(1);

        nanos.set(TimeUnit.MILLISECONDS.toNanos(5_000));
        hosts.await("log", LIMIT);
        assertThat(lookUps).hasValue(2);
    }

    @Test
    void givenNamesThatWereSlow_whenAllAreWantedAgain_thenTheyShareEightThreads() throws Exception {
        var atOnce = new Semaphore(0);
        var started = ConcurrentHashMap.<String>newKeySet();
        var hosts = new HostAddresses(
                host -> {
                    if (!host.startsWith("slow")) {
                        return loopback(host);
                    }
                    if (started.add(host)) {
                        nanos.addAndGet(TimeUnit.SECONDS.toNanos(1));
                        return unknown(host);
                    }
                    atOnce.release();
                    return hang(host);
                },
                nanos::get);
        for (var i = 0; i < 20; i++) {
            hosts.find("slow" + i).get(20, TimeUnit.SECONDS);
        }
        nanos.addAndGet(TimeUnit.MINUTES.toNanos(1));

        for (var i = 0; i < 20; i++) {
            assertThat(hosts.find("slow" + i)).isNotDone();
        }
        assertThat(atOnce.tryAcquire(8, 20, TimeUnit.SECONDS)).isTrue();

        // quick ones overtake them, and end no slow one's wait
        assertThat(hosts.await("log", LIMIT)).isNotEmpty();
        assertThat(atOnce.availablePermits()).isZero();
        end.countDown();
        assertThat(atOnce.tryAcquire(12, 20, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void givenMoreNamesThanAreKept_whenWanted_thenAllAreFound() throws Exception {
        var hosts = new HostAddresses(this::loopback, nanos::get);

        for (var i = 0; i < 10_050; i++) {
            assertThat(hosts.await("host" + i, LIMIT)).hasSize(1);
        }
    }

    @Test
    void givenMoreHangingNamesThanArePending_whenAnotherIsWanted_thenItCountsAsUnknown() {
        var hosts = new HostAddresses(this::hang, nanos::get);

        for (var i = 0; i < 10_000; i++) {
            assertThat(hosts.find("host" + i)).isNotDone();
        }

        assertThat(hosts.find("one-more")).isCompletedWithValue(List.of());
    }

    @Test
    void givenAResolverThatThrows_whenANameIsWanted_thenItIsUnknownAndTheNextIsFound() throws Exception {
        var hosts = new HostAddresses(
                host -> {
                    if (host.equals("bad")) {
                        throw new StackOverflowError();
                    }
                    return loopback(host);
                },
                nanos::get);

        assertThat(hosts.find("bad").get(20, TimeUnit.SECONDS)).isEmpty();
        assertThat(hosts.await("good", LIMIT)).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "http://log_service:4000/a?b=c, http://127.0.0.1:4000/a?b=c",
        "http://log_service, http://127.0.0.1",
        "http://web.1:80, http://127.0.0.1:80",
        "http://log:4000/a, http://log:4000/a",
        "https://log:4000/a, https://log:4000/a",
        "http://[::1]:4000/a, http://[::1]:4000/a",
        "http://[fe80::1%253]:80/, http://[fe80:0:0:0:0:0:0:1%3]:80/",
    })
    void givenAUri_whenMadeCallable_thenTheAddressStandsInForAHostThatTheJdkRefuses(String uri, String callable)
            throws Exception {
        var hosts = new HostAddresses(this::loopback, nanos::get);

        assertThat(hosts.callable(URI.create(uri), LIMIT)).hasToString(callable);
        assertThat(hosts.findCallable(URI.create(uri)).get(20, TimeUnit.SECONDS))
                .contains(URI.create(callable));
    }

    @Test
    void givenAnUnknownHost_whenMadeCallable_thenThatIsTold() throws Exception {
        var hosts = new HostAddresses(this::unknown, nanos::get);

        assertThatThrownBy(() -> hosts.callable(URI.create("http://log"), LIMIT))
                .isInstanceOf(UnknownHostException.class)
                .hasMessage("the host log is unknown");
        assertThat(hosts.findCallable(URI.create("http://log")).get(20, TimeUnit.SECONDS))
                .isEmpty();
    }

    private InetAddress[] loopback(String host) {
        lookUps.incrementAndGet();
        return new InetAddress[] {InetAddress.getLoopbackAddress()};
    }

    private InetAddress[] unknown(String host) throws UnknownHostException {
        lookUps.incrementAndGet();
        throw new UnknownHostException(host);
    }

    private InetAddress[] hang(String host) throws UnknownHostException {
        lookUps.incrementAndGet();
        try {
            end.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw new UnknownHostException(host);
    }
}
