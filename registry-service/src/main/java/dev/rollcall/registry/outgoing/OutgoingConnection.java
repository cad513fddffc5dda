package dev.rollcall.registry.outgoing;

import dev.rollcall.http.client.MalformedResponseException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One kept connection, which carries one request at a time. Confined to the selector's thread.
 *
 * <pre>
 * CONNECTING ──▶ BUSY ⇄ IDLE ──▶ closed
 * </pre>
 */
final class OutgoingConnection {
    private static final ByteBuffer EMPTY = ByteBuffer.allocate(0);
    private static final Logger LOG = LoggerFactory.getLogger(OutgoingConnection.class);

    private final OutgoingOrigin origin;
    private final SocketChannel channel;
    private final SelectionKey key;
    private final ResponseParser parser = new ResponseParser();
    private ByteBuffer unsent = EMPTY;
    private @Nullable OutgoingExchange current;

    private OutgoingConnection(OutgoingOrigin origin, SocketChannel channel, Selector selector) throws IOException {
        this.origin = origin;
        this.channel = channel;
        this.key = channel.register(selector, 0, this);
    }

    /**
     * Starts to connect; the request is sent once connected.
     *
     * @throws IOException if the connection is refused at once
     */
    static OutgoingConnection open(
            OutgoingOrigin origin, InetSocketAddress address, Selector selector, OutgoingExchange first)
            throws IOException {
        var channel = SocketChannel.open();
        try {
            channel.configureBlocking(false);
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            var connection = new OutgoingConnection(origin, channel, selector);
            connection.assign(first);
            if (channel.connect(address)) {
                // connected at once; the selector calls back to send, as it does after any connect
                connection.queue(first);
            } else {
                connection.key.interestOps(SelectionKey.OP_CONNECT);
            }
            return connection;
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    /** Sends a request over this idle connection. */
    void send(OutgoingExchange exchange) {
        assign(exchange);
        try {
            start(exchange);
        } catch (IOException e) {
            fail("the connection broke: " + e.getMessage());
        }
    }

    /** Handles what the selector found ready. */
    void ready(ByteBuffer in) {
        if (!key.isValid()) {
            return;
        }
        if (key.isConnectable()) {
            connected();
            return;
        }
        try {
            if (key.isWritable()) {
                write();
            }
            if (key.isReadable()) {
                read(in);
            }
        } catch (MalformedResponseException e) {
            fail(String.valueOf(e.getMessage()));
        } catch (IOException e) {
            fail("the connection broke: " + e.getMessage());
        }
    }

    void close() {
        try {
            channel.close();
        } catch (IOException e) {
            LOG.atDebug().setCause(e).log("a connection failed to close");
        }
    }

    private void assign(OutgoingExchange exchange) {
        current = exchange;
        parser.reset();
        exchange.onExpiry(() -> {
            close();
            origin.closed(this, false);
        });
    }

    private void connected() {
        var exchange = current;
        if (exchange == null) {
            throw new IllegalStateException("a connection is made for a request");
        }
        try {
            channel.finishConnect();
        } catch (IOException e) {
            close();
            origin.failed(this, exchange, e);
            return;
        }
        try {
            start(exchange);
        } catch (IOException e) {
            fail("the connection broke: " + e.getMessage());
        }
    }

    private int interest() {
        return isWriting() ? SelectionKey.OP_READ | SelectionKey.OP_WRITE : SelectionKey.OP_READ;
    }

    /** Sends the request. It nearly always fits into the socket's buffer at once, through the shared buffer. */
    private void start(OutgoingExchange exchange) throws IOException {
        var first = origin.firstLines(exchange.request());
        var tail = exchange.request().payload().bytes();
        var out = origin.sharedOut();
        out.clear();
        if (first.length + tail.length <= out.remaining()) {
            out.put(first).put(tail).flip();
            channel.write(out);
            if (!out.hasRemaining()) {
                key.interestOps(interest());
                return;
            }
            unsent = ByteBuffer.allocate(out.remaining()).put(out).flip();
        } else {
            queue(exchange);
        }
        write();
    }

    /** Makes the request the next bytes to be written. */
    private void queue(OutgoingExchange exchange) {
        var first = origin.firstLines(exchange.request());
        var tail = exchange.request().payload().bytes();
        unsent = ByteBuffer.allocate(first.length + tail.length)
                .put(first)
                .put(tail)
                .flip();
        key.interestOps(interest());
    }

    private void write() throws IOException {
        channel.write(unsent);
        if (!unsent.hasRemaining()) {
            unsent = EMPTY;
        }
        key.interestOps(interest());
    }

    private void read(ByteBuffer in) throws IOException {
        in.clear();
        var count = channel.read(in);
        if (count <= 0) {
            if (count < 0) {
                ended();
            } else {
                key.interestOps(interest());
            }
            return;
        }
        in.flip();
        var exchange = current;
        if (exchange == null) {
            // a response without a request
            fail("it sends a response without a request");
            return;
        }
        if (!parser.read(in)) {
            return;
        }
        current = null;
        if (parser.isReusable() && !in.hasRemaining() && !isWriting()) {
            exchange.onExpiry(() -> {});
            exchange.complete(parser.response());
            origin.idle(this);
        } else {
            close();
            exchange.complete(parser.response());
            origin.closed(this, false);
        }
    }

    private boolean isWriting() {
        return unsent.hasRemaining();
    }

    private void ended() {
        if (current == null) {
            close();
            origin.closed(this, true);
        } else {
            fail("the connection was closed before the answer");
        }
    }

    private void fail(String reason) {
        var exchange = current;
        current = null;
        close();
        if (exchange != null) {
            exchange.complete(new Outgoing.Result.Broken(reason));
        }
        origin.closed(this, exchange == null);
    }
}
