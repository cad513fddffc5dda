package dev.rollcall.host;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes threads without which the registry is of no use. Their rounds survive what fails in one of them ({@link
 * #failed}); a thread that ends by a failure all the same ends the process, so that {@code /health} is never answered by
 * a registry that only seems to work.
 */
public final class EssentialThread {
    private static final Logger LOG = LoggerFactory.getLogger(EssentialThread.class);
    private static final int EXIT_STATUS = 70;

    private EssentialThread() {}

    /** Returns a daemon thread that is not started yet. */
    public static Thread of(String name, Runnable body) {
        var thread = new Thread(() -> runOrHalt(name, body), name);
        thread.setDaemon(true);
        return thread;
    }

    /** Logs what failed in one round. Never throws: after an OutOfMemoryError even the log may lack memory. */
    public static void failed(Throwable cause, String what) {
        try {
            LOG.atError().setCause(cause).log(what);
        } catch (Throwable again) {
            again.addSuppressed(cause);
        }
    }

    private static void runOrHalt(String name, Runnable body) {
        try {
            body.run();
        } catch (Throwable cause) {
            try {
                System.err.println("RegistryService: the thread " + name + " ended by " + cause + "; the process ends");
            } finally {
                Runtime.getRuntime().halt(EXIT_STATUS);
            }
        }
    }
}
