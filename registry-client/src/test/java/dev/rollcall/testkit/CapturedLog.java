package dev.rollcall.testkit;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.LoggerFactory;

/** What a class logs from now on, kept from the console, until closed. Thread-safe. */
public final class CapturedLog implements AutoCloseable {
    private final List<ILoggingEvent> events = new CopyOnWriteArrayList<>();
    private final Logger logger;
    private final AppenderBase<ILoggingEvent> appender = new AppenderBase<>() {
        @Override
        protected void append(ILoggingEvent event) {
            // takes the logging context of the thread that logs
            event.prepareForDeferredProcessing();
            events.add(event);
        }
    };

    private CapturedLog(Logger logger) {
        this.logger = logger;
    }

    /** Captures what a class logs. */
    public static CapturedLog of(Class<?> type) {
        var captured = new CapturedLog((Logger) LoggerFactory.getLogger(type));
        captured.appender.start();
        captured.logger.setAdditive(false);
        captured.logger.addAppender(captured.appender);
        return captured;
    }

    /** What was logged so far. */
    public List<ILoggingEvent> events() {
        return List.copyOf(events);
    }

    @Override
    public void close() {
        logger.detachAppender(appender);
        logger.setAdditive(true);
    }
}
