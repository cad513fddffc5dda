package dev.rollcall.shipping;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.UnsynchronizedAppenderBase;
import ch.qos.logback.core.util.ReentryGuard;
import ch.qos.logback.core.util.ReentryGuardFactory;
import ch.qos.logback.core.util.ReentryGuardFactory.GuardType;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;

/** Forwards events, except those of shipping itself. Never blocks. */
final class ShippingAppender extends UnsynchronizedAppenderBase<ILoggingEvent> {
    private static final List<String> OWN_LOGGERS = List.of(
            ShippingAppender.class.getPackageName(), "java.net.http", "jdk.internal.httpclient", "jdk.httpclient");

    private final Consumer<ILoggingEvent> consumer;

    ShippingAppender(Consumer<ILoggingEvent> consumer) {
        this.consumer = consumer;
    }

    /** Asks for a guard explicitly: from 1.5.21 on, Logback's default does nothing. */
    @Override
    protected ReentryGuard buildReentryGuard() {
        return ReentryGuardFactory.makeGuard(GuardType.THREAD_LOCAL);
    }

    @Override
    protected void append(ILoggingEvent event) {
        if (!isOwn(event)) {
            consumer.accept(event);
        }
    }

    /** Whether shipping itself logged the event. Such events are not shipped, or shipping would feed on itself. */
    static boolean isOwn(ILoggingEvent event) {
        if (Thread.currentThread() instanceof ShippingThread) {
            return true;
        }
        var logger = loggerOf(event);
        for (var own : OWN_LOGGERS) {
            if (logger.startsWith(own) && (logger.length() == own.length() || logger.charAt(own.length()) == '.')) {
                return true;
            }
        }
        return false;
    }

    private static String loggerOf(ILoggingEvent event) {
        try {
            return Objects.toString(event.getLoggerName(), "");
        } catch (RuntimeException | Error e) {
            // an event of a foreign class
            return "";
        }
    }
}
