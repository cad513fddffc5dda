package dev.rollcall.host;

import java.lang.Thread.UncaughtExceptionHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs what ends a thread. The built-in server has one thread that accepts all requests: without it the process would
 * live on and answer nobody, so it ends with status 1, for whoever looks after it to start it again.
 */
final class UncaughtExceptions implements UncaughtExceptionHandler {
    private static final Logger LOG = LoggerFactory.getLogger(UncaughtExceptions.class);
    private static final String DISPATCHER = "HTTP-Dispatcher";

    private final Runnable end;

    /**
     * A handler.
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
