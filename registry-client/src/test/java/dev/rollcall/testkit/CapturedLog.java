package dev.rollcall.testkit;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.LoggerFactory;

/** The records that a class logs from now on, kept off the console, until closed. Thread-safe. */
public final class CapturedLog implements AutoCloseable {
    private final List<ILoggingEvent> events = new CopyOnWriteArrayList<>();
    private final Logger logger;
    private final AppenderBase<ILoggingEvent> appender = new AppenderBase<>() {
        @Override
        protected void append(ILoggingEvent event) {
            // captures the logging context of the logging thread
            event.prepareForDeferredProcessing();
            events.add(event);
        }
    };

    private CapturedLog(Logger logger) {
        this.logger = logger;
    }

    /** Starts capturing a class's log. */
    public static CapturedLog of(Class<?> type) {
        var captured = new CapturedLog((Logger) LoggerFactory.getLogger(type));
        captured.appender.start();
        captured.logger.setAdditive(false);
        captured.logger.addAppender(captured.appender);
        return captured;
    }

    /** Returns the records so far. */
    public List<ILoggingEvent> events() {
        return List.copyOf(events);
    }

    @Override
    public void close() {
        logger.detachAppender(appender);
        logger.setAdditive(true);
    }
}
