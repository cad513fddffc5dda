package dev.rollcall.shipping;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.classic.spi.StackTraceElementProxy;
import ch.qos.logback.classic.spi.ThrowableProxy;
import dev.rollcall.shipping.FakeLogService.Role;
import dev.rollcall.wire.ServiceName;
import java.io.IOException;
import java.io.Serial;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.Logger;
import org.slf4j.Marker;
import org.slf4j.helpers.BasicMDCAdapter;

/** Whatever a caller passes: nothing is thrown at it, its record is kept, and shipping continues. */
@Timeout(60)
final class HostileThingsTest {
    private FakeLogService service;
    private LoggerContext context;
    private LogShipper shipper;
    private Logger logger;

    @BeforeEach
    void ship() throws IOException {
        service = FakeLogService.playing(Role.EXTENDED);
        context = Samples.context();
        var address = Optional.of(service.url());
        shipper = LogShipper.attachedTo(
                context,
                ServiceName.GRADING,
                "i1",
                () -> address,
                Samples.fast().withBuffer(64 << 20));
        shipper.start();
        logger = context.getLogger("grades.Book");
    }

    @AfterEach
    void stop() {
        shipper.close();
        service.close();
    }

    static Stream<Place> places() {
        return Stream.of(
                new Place("an argument", (test, thing) -> test.logger.warn("{}", thing)),
                new Place(
                        "an argument of many",
                        (test, thing) -> test.logger.warn("{} {} {}", thing, new Object[] {thing}, 1)),
                new Place(
                        "a key's value",
                        (test, thing) ->
                                test.logger.atWarn().addKeyValue("k", thing).log("x")),
                new Place(
                        "a key",
                        (test, thing) -> test.logger
                                .atWarn()
                                .addKeyValue(textOf(thing), "v")
                                .log("x")),
                new Place("a marker", (test, thing) -> test.logger.warn(new HostileMarker(thing), "x")),
                new Place("a context", HostileThingsTest::inContext),
                new Place("a message", (test, thing) -> test.logger.atWarn().log(() -> textOf(thing))));
    }

    @ParameterizedTest
    @MethodSource("places")
    void givenHostileThings_whenLogged_thenEachRecordIsKeptAndShippingGoesOn(Place place) throws Exception {
        for (var thing : things()) {
            place.logging().accept(this, thing);
        }

        assertKeptAndGoingOn(things().size());
    }

    @Test
    void givenHostileThrowables_whenLogged_thenEachRecordIsKeptAndShippingGoesOn() throws Exception {
        logger.error("x", round());
        logger.error("x", nested(2_000));
        event(new ThrowableProxy(new IOException("x")) {
            @Override
            public StackTraceElementProxy[] getStackTraceElementProxyArray() {
                throw new StackOverflowError();
            }
        });

        assertKeptAndGoingOn(3);
    }

    @Test
    void givenAnEventWithNothingInIt_whenLogged_thenItIsKept() throws Exception {
        var event = new LoggingEvent() {
            @Override
            public String getThreadName() {
                throw new AssertionError("no thread");
            }

            @Override
            public List<Marker> getMarkerList() {
                return new BrokenList<>();
            }
        };

        context.getLogger(Logger.ROOT_LOGGER_NAME).callAppenders(event);

        assertKeptAndGoingOn(1);
    }

    private void assertKeptAndGoingOn(int records) throws InterruptedException {
        logger.info("after");

        assertThat(service.awaitMessages(messages -> messages.contains("after")))
                .hasSize(records + 1);
        assertThat(shipper.stats().dropped()).isZero();
    }

    /** Objects that throw when converted to text, or convert to odd text. */
    private static List<Object> things() {
        return List.of(
                throwing(new IllegalStateException("hostile")),
                throwing(new AssertionError("hostile")),
                throwing(new OutOfMemoryError("as if")),
                throwing(new NoClassDefFoundError("hostile")),
                throwing(new HostileError()),
                eachOther(),
                itself(),
                new Textless(),
                "\uD83D",
                "\u0000",
                "x".repeat(400_000));
    }

    private static String textOf(Object thing) {
        return thing instanceof String text ? text : "k";
    }

    private void event(ThrowableProxy thrown) {
        var event = new LoggingEvent();
        event.setLoggerName("grades.Book");
        event.setLevel(Level.ERROR);
        event.setMessage("x");
        event.setThrowableProxy(thrown);
        context.getLogger(Logger.ROOT_LOGGER_NAME).callAppenders(event);
    }

    @SuppressWarnings({"unchecked", "rawtypes"}) // some adapters accept anything
    private static void inContext(HostileThingsTest test, Object thing) {
        Map context = new HashMap<Object, Object>();
        context.put("k", thing);
        test.context.setMDCAdapter(new BasicMDCAdapter() {
            @Override
            public Map<String, String> getCopyOfContextMap() {
                return context;
            }
        });
        test.logger.warn("x");
        test.context.setMDCAdapter(org.slf4j.MDC.getMDCAdapter());
    }

    private static Object throwing(Error error) {
        return new Object() {
            @Override
            public String toString() {
                throw error;
            }
        };
    }

    private static Object throwing(RuntimeException exception) {
        return new Object() {
            @Override
            public String toString() {
                throw exception;
            }
        };
    }

    private static Object eachOther() {
        var one = new ArrayList<Object>();
        var other = new ArrayList<Object>(List.of(one));
        one.add(other);
        return one;
    }

    private static Object itself() {
        var array = new Object[2];
        array[0] = array;
        array[1] = throwing(new StackOverflowError("as if"));
        return array;
    }

    private static Throwable round() {
        var one = new IllegalStateException("one");
        var other = new IllegalStateException("other", one);
        one.initCause(other);
        one.addSuppressed(other);
        return one;
    }

    private static Throwable nested(int depth) {
        Throwable thrown = new IOException("first");
        for (var i = 0; i < depth; i++) {
            thrown = new IllegalStateException("wrapped", thrown);
        }
        return thrown;
    }

    record Place(String name, BiConsumer<HostileThingsTest, Object> logging) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static final class Textless {
        @Override
        @SuppressWarnings("NullAway") // as hostile as possible
        public String toString() {
            return null;
        }
    }

    private static final class HostileError extends Error {
        @Serial
        private static final long serialVersionUID = 1;

        @Override
        public String getMessage() {
            throw new StackOverflowError("as if");
        }
    }

    private static final class BrokenList<T> extends ArrayList<T> {
        @Serial
        private static final long serialVersionUID = 1;

        @Override
        public Iterator<T> iterator() {
            throw new IllegalStateException("no list");
        }
    }

    @SuppressWarnings({"serial", "deprecation"}) // the interface requires all methods
    private record HostileMarker(Object thing) implements Marker {
        @Serial
        private static final long serialVersionUID = 1;

        @Override
        public String toString() {
            return thing.toString();
        }

        @Override
        public String getName() {
            return thing.toString();
        }

        @Override
        public void add(Marker reference) {}

        @Override
        public boolean remove(Marker reference) {
            return false;
        }

        @Override
        public boolean hasChildren() {
            return true;
        }

        @Override
        public boolean hasReferences() {
            return true;
        }

        @Override
        public Iterator<Marker> iterator() {
            return List.<Marker>of(this).iterator();
        }

        @Override
        public boolean contains(Marker other) {
            return false;
        }

        @Override
        public boolean contains(String name) {
            return false;
        }
    }
}
