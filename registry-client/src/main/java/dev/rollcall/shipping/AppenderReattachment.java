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
 * Attaches an appender again after its context has stopped, where and with the levels that it had. A context that stops
 * detaches all appenders, while those who log go on. Logback ends this like any configuration, with the next reset.
 *
 * <p>While the JVM ends, others log at the same moment. A reset clears the root logger first, so there the appender comes
 * back as soon as the reset reaches the root's children, within microseconds.
 */
final class AppenderReattachment implements LoggerContextListener {
    private final LoggerContext context;
    private final LogServiceAppender appender;
    private volatile Map<String, Level> levels = Map.of();
    private List<Logger> places = List.of();
    private boolean isReset;

    private AppenderReattachment(LoggerContext context, LogServiceAppender appender) {
        this.context = context;
        this.appender = appender;
    }

    /** Takes the place of what stopped appenders have left in the context. */
    static AppenderReattachment of(LoggerContext context, LogServiceAppender appender) {
        var appenderReattachment = new AppenderReattachment(context, appender);
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
        context.addListener(appenderReattachment);
        return appenderReattachment;
    }

    /** Takes note of where the appender is, since that is forgotten next. */
    void prepare(boolean isJvmEnding) {
        isReset = false;
        places = context.getLoggerList().stream()
                .filter(logger -> appendersOf(logger).stream().anyMatch(this::leadsHere))
                .toList();
        var before = new HashMap<String, Level>();
        for (var logger : context.getLoggerList()) {
            if (logger.getLevel() != null) {
                before.put(logger.getName(), logger.getLevel());
            }
        }
        levels = Map.copyOf(before);
        var root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        if (isJvmEnding && places.contains(root)) {
            context.getLoggerList().stream()
                    .filter(logger -> logger != root && logger.getName().indexOf('.') < 0)
                    .forEach(logger -> logger.addAppender(new Watcher(root)));
        }
    }

    /** Whether the levels that were configured let an event through: a reset forgets them for a moment. */
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
    public void onReset(LoggerContext which) {
        if (isReset) {
            // not the reset that stopped the appender: another configuration has come since
            places = List.of();
        }
        isReset = appender.hasStopped();
    }

    @Override
    public void onStop(LoggerContext which) {
        if (!places.isEmpty()) {
            levels.forEach((name, level) -> context.getLogger(name).setLevel(level));
            places.forEach(logger -> logger.addAppender(appender));
        }
    }

    @Override
    public void onStart(LoggerContext which) {}

    @Override
    public void onLevelChange(Logger logger, Level level) {}

    /** Directly, or behind another appender such as Logback's {@code AsyncAppender}. */
    private boolean leadsHere(Appender<ILoggingEvent> other) {
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

    /** Is stopped when a reset reaches the logger that it is attached to. */
    private final class Watcher extends AppenderBase<ILoggingEvent> {
        private final Logger root;

        Watcher(Logger root) {
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
