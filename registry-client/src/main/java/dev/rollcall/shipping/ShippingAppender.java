package dev.rollcall.shipping;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.UnsynchronizedAppenderBase;
import ch.qos.logback.core.util.ReentryGuard;
import ch.qos.logback.core.util.ReentryGuardFactory;
import ch.qos.logback.core.util.ReentryGuardFactory.GuardType;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;

/** Hands on what is logged, except the shipper's own doings. Never waits. */
final class ShippingAppender extends UnsynchronizedAppenderBase<ILoggingEvent> {
    private static final List<String> OWN_LOGGERS = List.of(
            ShippingAppender.class.getPackageName(), "java.net.http", "jdk.internal.httpclient", "jdk.httpclient");

    private final Consumer<ILoggingEvent> taker;

    ShippingAppender(Consumer<ILoggingEvent> taker) {
        this.taker = taker;
    }

    /** From 1.5.21 on, Logback's guard does nothing unless one is asked for. */
    @Override
    protected ReentryGuard buildReentryGuard() {
        return ReentryGuardFactory.makeGuard(GuardType.THREAD_LOCAL);
    }

    @Override
    protected void append(ILoggingEvent event) {
        if (!isOwn(event)) {
            taker.accept(event);
        }
    }

    /** Whether the shipping itself logs this: then it isn't shipped, or it would feed on itself. */
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
            // an event of somebody else's making
            return "";
        }
    }
}
