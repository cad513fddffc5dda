package dev.rollcall.registry.outgoing;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import org.jspecify.annotations.Nullable;

/**
 * What all encrypted connections share: the trust, buffers that one of them uses at a time, and threads for the
 * computations of a handshake, so that these delay no other request. Created at the first https URL.
 */
final class Tls {
    /** At least the largest record that an engine consumes or produces. */
    static final int RECORD_BYTES = 33_792;

    private static final int THREADS = 2;

    private final Callable<SSLContext> context;
    private final Consumer<Runnable> selectorThread;
    private @Nullable ExecutorService workers;
    private @Nullable ByteBuffer in;
    private @Nullable ByteBuffer out;

    /**
     * Creates it with the trust of a context.
     *
     * @param context called before each handshake on another thread, since the first call may take a while
     * @param selectorThread runs a task on the thread that owns the connections
     */
    Tls(Callable<SSLContext> context, Consumer<Runnable> selectorThread) {
        this.context = context;
        this.selectorThread = selectorThread;
    }

    /** Returns an engine for a handshake with a host, whose certificate must match this name; called by the workers. */
    SSLEngine engine(String host, int port) throws Exception {
        var engine = context.call().createSSLEngine(host, port);
        engine.setUseClientMode(true);
        var parameters = engine.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        engine.setSSLParameters(parameters);
        engine.beginHandshake();
        return engine;
    }

    /** Runs a task on a worker and passes its value or its failure back to the selector's thread. */
    <T> void work(Callable<T> task, Consumer<T> done, Consumer<Exception> failed) {
        if (workers == null) {
            workers = Executors.newFixedThreadPool(THREADS, Tls::worker);
        }
        workers.execute(() -> selectorThread.accept(outcome(task, done, failed)));
    }

    private static <T> Runnable outcome(Callable<T> task, Consumer<T> done, Consumer<Exception> failed) {
        try {
            var value = task.call();
            return () -> done.accept(value);
        } catch (Exception e) {
            return () -> failed.accept(e);
        } catch (Throwable e) {
            return () -> failed.accept(new IOException("the handshake failed: " + e, e));
        }
    }

    private static Thread worker(Runnable task) {
        var thread = new Thread(task, "handshake");
        thread.setDaemon(true);
        return thread;
    }

    /** Returns the buffer that one connection reads records into, within one read. */
    ByteBuffer sharedIn() {
        if (in == null) {
            in = ByteBuffer.allocateDirect(RECORD_BYTES);
        }
        return in.clear();
    }

    /** Returns the buffer that one connection writes records from, within one write. */
    ByteBuffer sharedOut() {
        if (out == null) {
            out = ByteBuffer.allocateDirect(RECORD_BYTES);
        }
        return out.clear();
    }

    void close() {
        if (workers != null) {
            workers.shutdownNow();
        }
    }
}
