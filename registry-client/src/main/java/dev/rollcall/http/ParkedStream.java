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
 * A live answer on one exchange: runs a task on the writers' threads whenever its {@link LiveQueue} has something to be
 * written. A task writes what is queued by then; if more came meanwhile, the next one goes to the back of the line, so
 * that nobody keeps a thread.
 */
final class ParkedStream implements LiveStream {
    private static final Logger LOG = LoggerFactory.getLogger(ParkedStream.class);
    /** A write's limit is for a piece of this size, so that a large chunk may take longer as long as it gets on. */
    private static final int PIECE_BYTES = 16_384;

    private final HttpExchange exchange;
    private final LiveQueue queue;
    private final WriteTimeouts writeTimeouts;
    private final Executor writers;
    private final List<Consumer<End>> listeners = new ArrayList<>();
    private volatile @Nullable WriteTimeout writing;
    private volatile Runnable idleListener = () -> {};
    private boolean over;

    ParkedStream(HttpExchange exchange, long queueBytesMax, WriteTimeouts writeTimeouts, Executor writers) {
        this.exchange = exchange;
        this.queue = new LiveQueue(queueBytesMax);
        this.writeTimeouts = writeTimeouts;
        this.writers = writers;
    }

    /** Sends the head, by the calling thread, before anything is offered. */
    void begin(Response response) throws IOException {
        try (var writeTimeout = writeTimeouts.watch()) {
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
        if (offer == Offer.TAKEN_FIRST) {
            submit();
        } else if (offer == Offer.OVERFLOW) {
            stopWriting();
        }
        return offer == Offer.TAKEN || offer == Offer.TAKEN_FIRST;
    }

    @Override
    public long waitingBytes() {
        return queue.waitingBytes();
    }

    @Override
    public void onIdle(Runnable listener) {
        idleListener = listener;
    }

    @Override
    public void close() {
        end(End.CLOSED);
    }

    /** Ends the answer after what was offered so far. */
    void end(End why) {
        if (queue.end(why)) {
            submit();
        }
    }

    /** The server is closed: nothing can be written any more, and nobody may be there to find out. */
    void abandon() {
        queue.cut(End.STOPPING);
        stopWriting();
        notifyClosed();
    }

    @Override
    public void onClosed(Consumer<End> listener) {
        synchronized (listeners) {
            if (!over) {
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
            // closed, or there is no thread for it
            abandon();
        }
    }

    private void stopWriting() {
        var writeTimeout = writing;
        if (writeTimeout != null) {
            writeTimeout.cut();
        }
    }

    private void write() {
        try (var writeTimeout = writeTimeouts.watch()) {
            // in this order, since a cut first marks the queue and then looks for a watch
            writing = writeTimeout;
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
                writeTimeout.enterAnew();
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
            writeTimeout.enterAnew();
            exchange.getResponseBody().write(chunk, at, Math.min(PIECE_BYTES, chunk.length - at));
            writeTimeout.leave();
        }
    }

    private void proceed(Next next, WriteTimeout writeTimeout) throws IOException {
        switch (next) {
            case WRITE -> submit();
            case PARK -> idleListener.run();
            case END -> {
                writeTimeout.enterAnew();
                exchange.close();
                notifyClosed();
            }
            case CUT -> throw new IOException("cut from outside");
        }
    }

    private void cut(Throwable cause) {
        LOG.atDebug().setCause(cause).log("a live answer was cut");
        queue.cut(End.GONE);
        exchange.setStreams(null, new RequestDispatcher.Cut());
        exchange.close();
        notifyClosed();
    }

    private void notifyClosed() {
        List<Consumer<End>> told;
        synchronized (listeners) {
            if (over) {
                return;
            }
            over = true;
            told = List.copyOf(listeners);
        }
        told.forEach(listener -> listener.accept(ending()));
    }

    private End ending() {
        return queue.ending().orElse(End.CLOSED);
    }
}
