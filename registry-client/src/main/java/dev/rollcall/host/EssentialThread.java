package dev.rollcall.host;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Creates the threads that a service can't work without. Their loops survive a failed round ({@link #failed}). A thread
 * that fails all the same ends the process with status 70, so that {@code /health} never comes from a service that only
 * seems to work.
 */
public final class EssentialThread {
    private static final Logger LOG = LoggerFactory.getLogger(EssentialThread.class);
    private static final int EXIT_STATUS = 70;

    private EssentialThread() {}

    /** Returns a daemon thread that is not yet started. */
    public static Thread of(String name, Runnable body) {
        var thread = new Thread(() -> runOrHalt(name, body), name);
        thread.setDaemon(true);
        return thread;
    }

    /** Logs the failure of one round. Never throws: after an OutOfMemoryError even logging may lack memory. */
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
                System.err.println("the thread " + name + " failed: " + cause + "; the process exits");
            } finally {
                Runtime.getRuntime().halt(EXIT_STATUS);
            }
        }
    }
}
