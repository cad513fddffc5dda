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
import java.util.ArrayList;
import java.util.List;

/**
 * The limit that the registry is compared with: sends the same bytes to all dependants over kept connections with one
 * selector thread, and does nothing else. Runs in a process of its own, as the registry does.
 */
final class BareSender {
    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final Duration ROUND_LIMIT = Duration.ofSeconds(10);
    private static final long BETWEEN_MILLIS = 60;
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

    /** Starts the process and gives what it measured. */
    static Rounds measure(Receiver receiver, int dependants, int warmUp, int rounds, byte[] request)
            throws IOException, InterruptedException {
        var directory = Files.createTempDirectory("rollcall-sender");
        var body = directory.resolve("request");
        var output = directory.resolve("output.txt");
        try {
            Files.write(body, request);
            var numbers = List.of(receiver.port(), dependants, warmUp, rounds);
            var arguments = new ArrayList<>(List.of("sender", body.toString()));
            numbers.forEach(n -> arguments.add(Integer.toString(n)));
            try (var sender = Child.startSelf(output, List.of(), arguments)) {
                return parse(sender.awaitEnd(LIMIT));
            }
        } finally {
            Files.deleteIfExists(body);
            Files.deleteIfExists(output);
            Files.delete(directory);
        }
    }

    private static Rounds parse(String printed) {
        var rounds = new Rounds();
        printed.lines()
                .map(line -> line.split(" "))
                .forEach(f -> rounds.add(Double.parseDouble(f[0]), Double.parseDouble(f[1]), Double.parseDouble(f[2])));
        return rounds;
    }

    /** The process: file with the request, port, dependants, warm-up rounds, rounds. */
    static void run(String[] args) throws IOException, InterruptedException {
        var port = Integer.parseInt(args[1]);
        var dependants = Integer.parseInt(args[2]);
        var warmUp = Integer.parseInt(args[3]);
        var rounds = Integer.parseInt(args[4]);
        try (var selector = Selector.open()) {
            var sender = new BareSender(selector, Files.readAllBytes(Path.of(args[0])), dependants);
            sender.connect(port);
            for (var i = 0; i < warmUp; i++) {
                sender.round();
            }
            for (var i = 0; i < rounds; i++) {
                Pause.millis(BETWEEN_MILLIS);
                var round = sender.round();
                System.out.println(round.median() + " " + round.percentile(99) + " " + round.worst());
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

    private Sample round() throws IOException {
        var sample = new Sample();
        var start = System.nanoTime();
        for (var channel : channels) {
            request.flip();
            channel.write(request);
            if (request.hasRemaining()) {
                throw new IOException("a request doesn't fit into the socket's buffer");
            }
            request.position(request.limit());
        }
        while (sample.count() < channels.length) {
            selector.select(ROUND_LIMIT.toMillis());
            if (System.nanoTime() - start > ROUND_LIMIT.toNanos()) {
                throw new IOException("only " + sample.count() + " answers within " + ROUND_LIMIT);
            }
            for (var key : selector.selectedKeys()) {
                read((SocketChannel) key.channel());
                sample.add((System.nanoTime() - start) / 1e6);
            }
            selector.selectedKeys().clear();
        }
        return sample;
    }

    /** The receiver's answer is one short write, so it comes in one piece. */
    private void read(SocketChannel channel) throws IOException {
        in.clear();
        if (channel.read(in) < 0) {
            throw new IOException("the receiver closed a connection");
        }
    }
}
