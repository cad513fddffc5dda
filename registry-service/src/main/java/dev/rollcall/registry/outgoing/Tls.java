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
 * What all encrypted connections share: whom to trust, buffers that one of them uses at a time, and threads for what a
 * handshake computes, so that it delays nobody else's requests. Nothing of it is made before the first https URL.
 */
final class Tls {
    /** As large as any record is that an engine takes or gives, so that neither ever lacks room. */
    static final int RECORD_BYTES = 33_792;

    private static final int THREADS = 2;

    private final Callable<SSLContext> context;
    private final Consumer<Runnable> selectorThread;
    private @Nullable ExecutorService workers;
    private @Nullable ByteBuffer in;
    private @Nullable ByteBuffer out;

    /**
     * Of those whom the context trusts.
     *
     * @param context asked before each handshake by another thread, since the first answer may take a while
     * @param selectorThread runs what it is given in the thread that owns the connections
     */
    Tls(Callable<SSLContext> context, Consumer<Runnable> selectorThread) {
        this.context = context;
        this.selectorThread = selectorThread;
    }

    /** For a handshake with a host, whose certificate has to be for this name; called by the workers. */
    SSLEngine engine(String host, int port) throws Exception {
        var engine = context.call().createSSLEngine(host, port);
        engine.setUseClientMode(true);
        var parameters = engine.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        engine.setSSLParameters(parameters);
        engine.beginHandshake();
        return engine;
    }

    /** Computes something elsewhere, and gives what came of it back to the selector's thread: a value or a reason. */
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

    /** Where one connection reads its records from, between two reads. */
    ByteBuffer sharedIn() {
        if (in == null) {
            in = ByteBuffer.allocateDirect(RECORD_BYTES);
        }
        return in.clear();
    }

    /** Where one connection puts its records, between two writes. */
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
