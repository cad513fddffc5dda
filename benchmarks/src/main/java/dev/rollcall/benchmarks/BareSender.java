package dev.rollcall.benchmarks;

import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Sends the same bytes to all dependants over kept connections with one selector thread, and does nothing else: the
 * limit that the registry is compared with. Runs in a {@linkplain SenderProcess process of its own}, as the registry
 * does.
 */
final class BareSender {
    /** Printed by the process once all connections are made. */
    static final String CONNECTED = "connected";

    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final Duration ROUND_LIMIT = Duration.ofSeconds(10);
    private static final int CONNECTING_MAX = 256;

    private final Selector selector;
    private final ByteBuffer in = ByteBuffer.allocateDirect(16_384);
    private final ByteBuffer request;
    private final SocketChannel[] channels;

    private BareSender(Selector selector, byte[] request, int dependants) {
        this.selector = selector;
        this.request = ByteBuffer.allocateDirect(request.length).put(request);
        this.channels = new SocketChannel[dependants];
    }

    /**
     * Runs the process. Arguments: file with the request, port, number of dependants. It sends once per byte of
     * standard input.
     */
    static void run(String[] args) throws IOException {
        try (var selector = Selector.open()) {
            var request = Files.readAllBytes(Path.of(args[0]));
            var sender = new BareSender(selector, request, Integer.parseInt(args[2]));
            sender.connect(Integer.parseInt(args[1]));
            System.out.println(CONNECTED);
            while (System.in.read() >= 0) {
                sender.round();
            }
        }
    }

    private void connect(int port) throws IOException {
        var until = System.nanoTime() + LIMIT.toNanos();
        var opened = 0;
        var connected = 0;
        while (connected < channels.length) {
            while (opened < channels.length && opened - connected < CONNECTING_MAX) {
                var channel = SocketChannel.open();
                channel.configureBlocking(false);
                channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
                channel.connect(Loopback.at(opened, port));
                channel.register(selector, SelectionKey.OP_CONNECT);
                channels[opened++] = channel;
            }
            selector.select(ROUND_LIMIT.toMillis());
            for (var key : selector.selectedKeys()) {
                ((SocketChannel) key.channel()).finishConnect();
                key.interestOps(SelectionKey.OP_READ);
                connected++;
            }
            selector.selectedKeys().clear();
            if (System.nanoTime() - until > 0) {
                throw new IOException("only " + connected + " connections could be made");
            }
        }
    }

    private void round() throws IOException {
        var start = System.nanoTime();
        for (var channel : channels) {
            request.flip();
            channel.write(request);
            if (request.hasRemaining()) {
                throw new IOException("a request doesn't fit into the socket's buffer");
            }
        }
        var missing = channels.length;
        while (missing > 0) {
            selector.select(ROUND_LIMIT.toMillis());
            if (System.nanoTime() - start > ROUND_LIMIT.toNanos()) {
                throw new IOException(missing + " responses are missing after " + ROUND_LIMIT);
            }
            for (var key : selector.selectedKeys()) {
                read((SocketChannel) key.channel());
                missing--;
            }
            selector.selectedKeys().clear();
        }
    }

    /** Reads a response, which arrives in one piece since the receiver sends it in one short write. */
    private void read(SocketChannel channel) throws IOException {
        in.clear();
        if (channel.read(in) < 0) {
            throw new IOException("the receiver closed a connection");
        }
    }
}
