package dev.rollcall.shipping;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggerContextListener;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.AppenderBase;
import ch.qos.logback.core.spi.AppenderAttachable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/**
 * Re-attaches an appender after its context has stopped, to the same loggers and with the same levels. A stopping
 * context detaches all appenders, although threads may go on logging. The next reset undoes this, like any
 * configuration.
 *
 * <p>While the JVM ends, other threads log at the same moment. A reset clears the root logger first, so the appender is
 * re-attached there as soon as the reset reaches the root's children, within microseconds.
 */
final class AppenderReattachment implements LoggerContextListener {
    private final LoggerContext context;
    private final LogServiceAppender appender;
    private volatile Map<String, Level> levels = Map.of();
    private List<Logger> loggers = List.of();
    private boolean isReset;

    private AppenderReattachment(LoggerContext context, LogServiceAppender appender) {
        this.context = context;
        this.appender = appender;
    }

    /** Registers a listener, and removes the listeners and appenders that stopped appenders left in the context. */
    static AppenderReattachment install(LoggerContext context, LogServiceAppender appender) {
        var reattachment = new AppenderReattachment(context, appender);
        for (var listener : context.getCopyOfListenerList()) {
            if (listener instanceof AppenderReattachment other && other.appender.hasStopped()) {
                context.removeListener(other);
            }
        }
        for (var logger : context.getLoggerList()) {
            for (var each : appendersOf(logger)) {
                if (each instanceof LogServiceAppender other && other.hasStopped()) {
                    logger.detachAppender(other);
                }
            }
        }
        context.addListener(reattachment);
        return reattachment;
    }

    /** Records the appender's loggers and all levels, because the stop that follows clears them. */
    void prepare(boolean isJvmEnding) {
        isReset = false;
        loggers = context.getLoggerList().stream()
                .filter(logger -> appendersOf(logger).stream().anyMatch(this::forwardsHere))
                .toList();
        var before = new HashMap<String, Level>();
        for (var logger : context.getLoggerList()) {
            if (logger.getLevel() != null) {
                before.put(logger.getName(), logger.getLevel());
            }
        }
        levels = Map.copyOf(before);
        var root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        if (isJvmEnding && loggers.contains(root)) {
            context.getLoggerList().stream()
                    .filter(logger -> logger != root && logger.getName().indexOf('.') < 0)
                    .forEach(logger -> logger.addAppender(new ResetMarker(root)));
        }
    }

    /** Whether the configured levels let an event through. A reset clears them for a moment. */
    boolean admits(ILoggingEvent event) {
        var name = event.getLoggerName();
        while (!levels.containsKey(name) && name.indexOf('.') >= 0) {
            name = name.substring(0, name.lastIndexOf('.'));
        }
        var root = levels.getOrDefault(org.slf4j.Logger.ROOT_LOGGER_NAME, Level.TRACE);
        return event.getLevel().isGreaterOrEqual(levels.getOrDefault(name, root));
    }

    @Override
    public boolean isResetResistant() {
        return true;
    }

    @Override
    public void onReset(LoggerContext ignored) {
        if (isReset) {
            // another configuration was loaded since the reset that stopped the appender
            loggers = List.of();
        }
        isReset = appender.hasStopped();
    }

    @Override
    public void onStop(LoggerContext ignored) {
        if (!loggers.isEmpty()) {
            levels.forEach((name, level) -> context.getLogger(name).setLevel(level));
            loggers.forEach(logger -> logger.addAppender(appender));
        }
    }

    @Override
    public void onStart(LoggerContext ignored) {}

    @Override
    public void onLevelChange(Logger logger, Level level) {}

    /** Whether it is the appender or another one, such as Logback's {@code AsyncAppender}, that forwards to it. */
    private boolean forwardsHere(Appender<ILoggingEvent> other) {
        return other == appender || (other instanceof AppenderAttachable<?> holder && isIn(holder));
    }

    private boolean isIn(AppenderAttachable<?> holder) {
        for (var each = holder.iteratorForAppenders(); each.hasNext(); ) {
            if (each.next() == appender) {
                return true;
            }
        }
        return false;
    }

    private static List<Appender<ILoggingEvent>> appendersOf(Logger logger) {
        var appenders = new ArrayList<Appender<ILoggingEvent>>();
        Iterator<Appender<ILoggingEvent>> each = logger.iteratorForAppenders();
        each.forEachRemaining(appenders::add);
        return appenders;
    }

    /** Re-attaches the appender to the root logger when a reset stops this marker on a child of the root. */
    private final class ResetMarker extends AppenderBase<ILoggingEvent> {
        private final Logger root;

        ResetMarker(Logger root) {
            this.root = root;
            start();
        }

        @Override
        public void stop() {
            super.stop();
            root.addAppender(appender);
        }

        @Override
        protected void append(ILoggingEvent event) {}
    }
}
