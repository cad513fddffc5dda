package dev.rollcall.host;

import java.lang.Thread.UncaughtExceptionHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs uncaught exceptions. The built-in server accepts all requests on one thread. Without it the process would live
 * on without responding, so it exits with status 1 for a supervisor to restart it.
 */
final class UncaughtExceptions implements UncaughtExceptionHandler {
    private static final Logger LOG = LoggerFactory.getLogger(UncaughtExceptions.class);
    private static final String DISPATCHER = "HTTP-Dispatcher";

    private final Runnable end;

    /**
     * Creates a handler.
     *
     * @param end ends the process at once
     */
    UncaughtExceptions(Runnable end) {
        this.end = end;
    }

    @Override
    public void uncaughtException(Thread thread, Throwable thrown) {
        var isVital = DISPATCHER.equals(thread.getName());
        try {
            LOG.atError()
                    .addKeyValue("thread", thread.getName())
                    .setCause(thrown)
                    .log(
                            isVital
                                    ? "no more requests are accepted; the process ends, start it again"
                                    : "a thread ended");
        } finally {
            if (isVital) {
                end.run();
            }
        }
    }
}
