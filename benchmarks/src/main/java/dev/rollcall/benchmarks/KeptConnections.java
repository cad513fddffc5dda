package dev.rollcall.benchmarks;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;

/**
 * Several kept connections with one request in flight on each, all on the calling thread: a thread per connection would
 * take processor time from the measured service on the same two cores. Not thread-safe.
 */
final class KeptConnections implements AutoCloseable {
    private static final long LIMIT_MILLIS = 20_000;
    private static final int RESPONSE_BYTES_MAX = 16_384;

    private final Selector selector;
    private final String host;

    private KeptConnections(Selector selector, String host) {
        this.selector = selector;
        this.host = host;
    }

    static KeptConnections to(int port, int count) throws IOException {
        var connections = new KeptConnections(Selector.open(), "localhost:" + port);
        try {
            for (var i = 0; i < count; i++) {
                var channel = SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
                channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
                channel.configureBlocking(false);
                channel.register(connections.selector, SelectionKey.OP_READ, ByteBuffer.allocate(RESPONSE_BYTES_MAX));
            }
            return connections;
        } catch (IOException e) {
            connections.close();
            throw e;
        }
    }

    /**
     * Sends each body to {@code /services} on the next free connection; throws unless all responses are 200 and empty.
     */
    void callAll(String method, Iterator<byte[]> bodies) throws IOException {
        var inFlight = 0;
        for (var key : selector.keys()) {
            inFlight += callNext((SocketChannel) key.channel(), method, bodies);
        }
        while (inFlight > 0) {
            if (selector.select(LIMIT_MILLIS) == 0) {
                throw new IOException(inFlight + " responses are missing after " + LIMIT_MILLIS + " ms");
            }
            for (var key : selector.selectedKeys()) {
                if (isComplete(key)) {
                    inFlight += callNext((SocketChannel) key.channel(), method, bodies) - 1;
                }
            }
            selector.selectedKeys().clear();
        }
    }

    @Override
    public void close() throws IOException {
        for (var key : selector.keys()) {
            key.channel().close();
        }
        selector.close();
    }

    /** Sends the next body, if there is one; returns how many it sent. */
    private int callNext(SocketChannel channel, String method, Iterator<byte[]> bodies) throws IOException {
        if (!bodies.hasNext()) {
            return 0;
        }
        var body = bodies.next();
        var head = (method + " /services HTTP/1.1\r\nHost: " + host + "\r\nContent-Type: application/json\r\n"
                        + "Content-Length: " + body.length + "\r\n\r\n")
                .getBytes(StandardCharsets.ISO_8859_1);
        var request = ByteBuffer.allocate(head.length + body.length)
                .put(head)
                .put(body)
                .flip();
        channel.write(request);
        if (request.hasRemaining()) {
            throw new IOException("a request doesn't fit into the socket's buffer");
        }
        return 1;
    }

    /** Returns whether the whole response has arrived. */
    private static boolean isComplete(SelectionKey key) throws IOException {
        var response = (ByteBuffer) key.attachment();
        if (((SocketChannel) key.channel()).read(response) < 0) {
            throw new IOException("the service closed the connection before its response");
        }
        var text = StandardCharsets.ISO_8859_1.decode(response.duplicate().flip());
        if (!text.toString().endsWith("\r\n\r\n")) {
            if (!response.hasRemaining()) {
                throw new IOException("the response is longer than " + RESPONSE_BYTES_MAX + " bytes");
            }
            return false;
        }
        if (!text.toString().startsWith("HTTP/1.1 200 ")) {
            throw new IOException("the service responds with "
                    + text.toString().lines().findFirst().orElse("nothing"));
        }
        response.clear();
        return true;
    }
}
