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
 * Several kept connections with one request under way on each, all on the calling thread: a thread for each would take
 * from the service, on the same two cores, what is to be measured. Not thread-safe.
 */
final class KeptConnections implements AutoCloseable {
    private static final long LIMIT_MILLIS = 20_000;
    private static final int ANSWER_BYTES_MAX = 16_384;

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
                channel.register(connections.selector, SelectionKey.OP_READ, ByteBuffer.allocate(ANSWER_BYTES_MAX));
            }
            return connections;
        } catch (IOException e) {
            connections.close();
            throw e;
        }
    }

    /** Sends each body to {@code /services} on the next free connection; throws unless all answers are 200 and empty. */
    void callAll(String method, Iterator<byte[]> bodies) throws IOException {
        var underWay = 0;
        for (var key : selector.keys()) {
            underWay += callNext((SocketChannel) key.channel(), method, bodies);
        }
        while (underWay > 0) {
            if (selector.select(LIMIT_MILLIS) == 0) {
                throw new IOException(underWay + " answers are missing after " + LIMIT_MILLIS + " ms");
            }
            for (var key : selector.selectedKeys()) {
                if (isAnswered(key)) {
                    underWay += callNext((SocketChannel) key.channel(), method, bodies) - 1;
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

    /** How many it sent: one, or none if there is no next. */
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

    /** Whether the whole answer is there now. */
    private static boolean isAnswered(SelectionKey key) throws IOException {
        var answer = (ByteBuffer) key.attachment();
        if (((SocketChannel) key.channel()).read(answer) < 0) {
            throw new IOException("the service closed the connection before its answer");
        }
        var text = StandardCharsets.ISO_8859_1.decode(answer.duplicate().flip());
        if (!text.toString().endsWith("\r\n\r\n")) {
            if (!answer.hasRemaining()) {
                throw new IOException("the answer is longer than " + ANSWER_BYTES_MAX + " bytes");
            }
            return false;
        }
        if (!text.toString().startsWith("HTTP/1.1 200 ")) {
            throw new IOException(
                    "the service answers " + text.toString().lines().findFirst().orElse("nothing"));
        }
        answer.clear();
        return true;
    }
}
