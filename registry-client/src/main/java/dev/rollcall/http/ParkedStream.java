package dev.rollcall.http;

import com.sun.net.httpserver.HttpExchange;
import dev.rollcall.http.LiveQueue.Next;
import dev.rollcall.http.LiveQueue.Offer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A live response on one exchange: runs a task on the writer threads whenever its {@link LiveQueue} has something to
 * write. A task writes what is queued by then. If more arrives meanwhile, the next task goes to the back of the line,
 * so that no stream keeps a thread.
 */
final class ParkedStream implements LiveStream {
    private static final Logger LOG = LoggerFactory.getLogger(ParkedStream.class);
    /** The unit that a write's limit applies to, so that a large chunk may take longer as long as it progresses. */
    private static final int PIECE_BYTES = 16_384;

    private final HttpExchange exchange;
    private final LiveQueue queue;
    private final WriteTimeouts writeTimeouts;
    private final Executor writers;
    private final List<Consumer<End>> listeners = new ArrayList<>();
    private volatile @Nullable WriteTimeout current;
    private volatile Runnable idleListener = () -> {};
    private boolean isOver;

    ParkedStream(HttpExchange exchange, long queueBytesMax, WriteTimeouts writeTimeouts, Executor writers) {
        this.exchange = exchange;
        this.queue = new LiveQueue(queueBytesMax);
        this.writeTimeouts = writeTimeouts;
        this.writers = writers;
    }

    /** Sends the head on the calling thread, before anything is offered. */
    void begin(Response response) throws IOException {
        try (var writeTimeout = writeTimeouts.start()) {
            writeTimeout.enter();
            RequestDispatcher.addHeaders(exchange, response);
            exchange.sendResponseHeaders(response.status(), 0);
            exchange.getResponseBody().flush();
        } catch (IOException | RuntimeException | Error e) {
            cut(e);
            throw e;
        }
    }

    @Override
    public boolean offer(byte[] chunk) {
        var offer = queue.offer(chunk);
        if (offer == Offer.ACCEPTED_FIRST) {
            submit();
        } else if (offer == Offer.OVERFLOW) {
            stopWriting();
        }
        return offer == Offer.ACCEPTED || offer == Offer.ACCEPTED_FIRST;
    }

    @Override
    public long pendingBytes() {
        return queue.pendingBytes();
    }

    @Override
    public void onIdle(Runnable listener) {
        idleListener = listener;
    }

    @Override
    public void close() {
        end(End.CLOSED);
    }

    /** Ends the response after what was offered so far. */
    void end(End why) {
        if (queue.end(why)) {
            submit();
        }
    }

    /** Ends the stream without writing, because the server is closed and no writer may be left to notice. */
    void abandon() {
        queue.cut(End.STOPPING);
        stopWriting();
        notifyClosed();
    }

    @Override
    public void onClosed(Consumer<End> listener) {
        synchronized (listeners) {
            if (!isOver) {
                listeners.add(listener);
                return;
            }
        }
        listener.accept(ending());
    }

    private void submit() {
        try {
            writers.execute(this::write);
        } catch (RejectedExecutionException | Error e) {
            // closed, or no thread is available
            abandon();
        }
    }

    private void stopWriting() {
        var writeTimeout = current;
        if (writeTimeout != null) {
            writeTimeout.cut();
        }
    }

    private void write() {
        try (var writeTimeout = writeTimeouts.start()) {
            // in this order, because a cut first marks the queue and then looks for a running write
            current = writeTimeout;
            write(queue.drain(), writeTimeout);
            proceed(queue.next(), writeTimeout);
        } catch (IOException | RuntimeException | Error e) {
            cut(e);
        }
    }

    private void write(List<byte[]> chunks, WriteTimeout writeTimeout) throws IOException {
        try {
            for (var chunk : chunks) {
                write(chunk, writeTimeout);
            }
            if (!chunks.isEmpty()) {
                writeTimeout.restart();
                exchange.getResponseBody().flush();
                writeTimeout.leave();
            }
        } catch (IOException e) {
            queue.cut(writeTimeout.isCut() ? End.SLOW : End.GONE);
            throw e;
        }
    }

    private void write(byte[] chunk, WriteTimeout writeTimeout) throws IOException {
        for (var at = 0; at < chunk.length; at += PIECE_BYTES) {
            writeTimeout.restart();
            exchange.getResponseBody().write(chunk, at, Math.min(PIECE_BYTES, chunk.length - at));
            writeTimeout.leave();
        }
    }

    private void proceed(Next next, WriteTimeout writeTimeout) throws IOException {
        switch (next) {
            case WRITE -> submit();
            case PARK -> idleListener.run();
            case END -> {
                writeTimeout.restart();
                exchange.close();
                notifyClosed();
            }
            case CUT -> throw new IOException("cut from outside");
        }
    }

    private void cut(Throwable cause) {
        LOG.atDebug().setCause(cause).log("a live response was cut");
        queue.cut(End.GONE);
        exchange.setStreams(null, new RequestDispatcher.Cut());
        exchange.close();
        notifyClosed();
    }

    private void notifyClosed() {
        List<Consumer<End>> notified;
        synchronized (listeners) {
            if (isOver) {
                return;
            }
            isOver = true;
            notified = List.copyOf(listeners);
        }
        notified.forEach(listener -> listener.accept(ending()));
    }

    private End ending() {
        return queue.ending().orElse(End.CLOSED);
    }
}
