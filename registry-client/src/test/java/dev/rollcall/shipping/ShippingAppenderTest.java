package dev.rollcall.shipping;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import dev.rollcall.wire.LogRecord;
import java.time.Instant;
import java.util.AbstractMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.MDC;
import org.slf4j.MarkerFactory;

final class ShippingAppenderTest {
    private final List<CapturedEvent> captured = new CopyOnWriteArrayList<>();
    private final LoggerContext context = new LoggerContext();
    private Logger logger;

    @BeforeEach
    void attach() {
        var eventCapture = new EventCapture(true);
        var appender = new ShippingAppender(event -> captured.add(eventCapture.capture(event)));
        context.setMDCAdapter(MDC.getMDCAdapter());
        appender.setContext(context);
        appender.start();
        context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME).addAppender(appender);
        context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME).setLevel(Level.DEBUG);
        logger = context.getLogger("grades.Book");
    }

    @Test
    void givenAnEvent_whenLogged_thenAllThatIsKnownOfItIsCaptured() {
        var before = Instant.now();

        logger.atInfo().addKeyValue("student", 42).log("grade {} added", "A");

        var record = taken().get(0);
        assertThat(record.time()).isBetween(before, Instant.now());
        assertThat(record.service()).isEqualTo("GradingService");
        assertThat(record.instance()).isEqualTo("i1");
        assertThat(record.level()).isEqualTo("INFO");
        assertThat(record.logger()).isEqualTo("grades.Book");
        assertThat(record.thread()).isEqualTo(Thread.currentThread().getName());
        assertThat(record.message()).isEqualTo("grade A added");
        assertThat(record.keys()).containsEntry("student", "42");
        assertThat(record.keys().get("caller")).contains("ShippingAppenderTest.java");
        assertThat(record.error()).isEmpty();
    }

    @Test
    void givenAContext_whenLogged_thenTraceAndSpanHaveTheirFieldsAndTheRestAreKeys() {
        MDC.setContextMap(Map.of("trace", "t1", "span", "s1", "user", "ada"));

        logger.info("x");

        MDC.clear();
        var record = taken().get(0);
        assertThat(record.trace()).isEqualTo("t1");
        assertThat(record.span()).isEqualTo("s1");
        assertThat(record.keys()).containsOnlyKeys("user", "caller").containsEntry("user", "ada");
    }

    @Test
    void givenAnExceptionWithACause_whenLogged_thenBothStacksAreInTheText() {
        var thrown = new IllegalStateException("outer", new IllegalArgumentException("inner"));

        logger.atError().setCause(thrown).log("failed");

        assertThat(taken().get(0).error())
                .startsWith("java.lang.IllegalStateException: outer")
                .contains("\tat " + ShippingAppenderTest.class.getName())
                .contains("Caused by: java.lang.IllegalArgumentException: inner");
    }

    @Test
    void givenAnEndlessStackTrace_whenLogged_thenItIsCutAndTheFirstCauseIsStillThere() {
        Throwable thrown = new IllegalArgumentException("the first cause");
        for (var i = 0; i < 2_000; i++) {
            thrown = new IllegalStateException("wrapped " + i, thrown);
        }

        logger.atError().setCause(thrown).log("failed");

        assertThat(taken().get(0).error())
                .hasSizeLessThan(34_000)
                .startsWith("java.lang.IllegalStateException: wrapped 1999")
                .contains("characters left out")
                .contains("the first cause");
    }

    @Test
    void givenCausesThatAreEachOthers_whenLogged_thenItEnds() {
        var one = new IllegalStateException("one");
        var other = new IllegalStateException("other", one);
        one.initCause(other);
        one.addSuppressed(new IllegalArgumentException("suppressed"));

        logger.atError().setCause(one).log("failed");

        assertThat(taken().get(0).error()).contains("CIRCULAR").contains("suppressed");
    }

    @Test
    void givenMarkers_whenLogged_thenTheyAreAKey() {
        logger.atInfo()
                .addMarker(MarkerFactory.getMarker("AUDIT"))
                .addMarker(MarkerFactory.getMarker("SLOW"))
                .log("x");

        assertThat(taken().get(0).keys()).containsEntry("markers", "AUDIT,SLOW");
    }

    @Test
    void givenAValueThatChangesLater_whenLogged_thenItIsAsItWas() {
        var value = new StringBuilder("before");
        MDC.put("user", "before");

        logger.atInfo().addKeyValue("value", value).log("{}", value);
        value.replace(0, 6, "after");
        MDC.put("user", "after");

        MDC.clear();
        assertThat(taken().get(0).message()).isEqualTo("before");
        assertThat(taken().get(0).keys()).containsEntry("value", "before").containsEntry("user", "before");
    }

    @Test
    void givenAValueWhoseTextFails_whenLogged_thenTheRecordIsThereAllTheSame() {
        var broken = new Object() {
            @Override
            public String toString() {
                throw new IllegalStateException("broken");
            }
        };

        logger.atInfo().addKeyValue("value", broken).log("x");

        assertThat(taken().get(0).message()).isEqualTo("x");
        assertThat(taken().get(0).keys().get("value")).contains("broken");
    }

    @Test
    void givenARecordWithoutJson_whenWritten_thenThatIsSaidInItsPlace() {
        var broken = new CapturedEvent(
                Samples.TIME,
                Level.INFO_INT,
                "grades.Book",
                "main",
                "x",
                null,
                new AbstractMap<>() {
                    @Override
                    public Set<Entry<String, String>> entrySet() {
                        throw new IllegalStateException("broken");
                    }
                },
                List.of());

        var encodedRecord = new RecordEncoder(Samples.ORIGIN).encode(broken, 7);

        assertThat(Samples.messageOf(encodedRecord))
                .isEqualTo("a record of grades.Book could not be written: java.lang.IllegalStateException: broken");
        assertThat(encodedRecord.first()).isEqualTo(7);
    }

    @Test
    void givenNullsEverywhere_whenLogged_thenTheyAreShownAndDoNoHarm() {
        logger.atInfo().addKeyValue("a", (Object) null).addKeyValue(null, "b").log((String) null);

        assertThat(taken().get(0).keys()).containsEntry("a", "null").containsEntry("null", "b");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "dev.rollcall.shipping.LogShipper",
                "dev.rollcall.shipping",
                "java.net.http.HttpClient",
                "jdk.internal.httpclient.debug"
            })
    void givenALoggerOfTheShippingItself_whenItLogs_thenItIsNotShipped(String name) {
        context.getLogger(name).warn("x");

        assertThat(taken()).isEmpty();
    }

    @Test
    void givenALoggerWhoseNameOnlyBeginsAlike_whenItLogs_thenItIsShipped() {
        context.getLogger("dev.rollcall.shippingrates").warn("x");

        assertThat(taken()).hasSize(1);
    }

    @Test
    void givenAThreadOfTheShipping_whenItLogs_thenItIsNotShipped() throws InterruptedException {
        var thread = new ShippingThread(() -> logger.info("x"), "test");

        thread.start();
        thread.join();

        assertThat(taken()).isEmpty();
    }

    @Test
    void givenAnArgumentThatLogsItself_whenLogged_thenItDoesNotGoRoundForEver() {
        var talkative = new Object() {
            @Override
            public String toString() {
                logger.info("asked for {}", this);
                return "talkative";
            }
        };

        logger.info("hello {}", talkative);

        assertThat(taken()).extracting(LogRecord::message).containsExactly("hello talkative");
    }

    /** Encodes the events only now, as another thread does later. */
    private List<LogRecord> taken() {
        var recordEncoder = new RecordEncoder(Samples.ORIGIN);
        return captured.stream().map(each -> recordEncoder.recordOf(each, 0)).toList();
    }
}
