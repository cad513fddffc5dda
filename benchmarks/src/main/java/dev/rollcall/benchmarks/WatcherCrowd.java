package dev.rollcall.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Connections that each watch the roll, all read by the calling thread. */
final class WatcherCrowd implements AutoCloseable {
    private static final byte[] REQUEST =
            "GET /services/watch HTTP/1.1\r\nHost: localhost\r\nAccept: text/event-stream\r\n\r\n"
                    .getBytes(StandardCharsets.ISO_8859_1);
    private static final int CONNECTING_MAX = 200;
    private static final int CONNECT_MILLIS = 60_000;
    private static final long SELECT_MILLIS = 100;

    private final Selector selector;
    private final Watcher[] watchers;
    private final ByteBuffer in = ByteBuffer.allocate(65_536);

    private WatcherCrowd(Selector selector, int count) {
        this.selector = selector;
        this.watchers = new Watcher[count];
    }

    /** Connects so many watchers and waits for the first event of each; empty if the registry offers no watch. */
    static Optional<WatcherCrowd> connect(int port, int count) throws IOException {
        if (!isThere(port)) {
            return Optional.empty();
        }
        var crowd = new WatcherCrowd(Selector.open(), count);
        try {
            crowd.open(port);
            return Optional.of(crowd);
        } catch (IOException e) {
            crowd.close();
            throw e;
        }
    }

    private static boolean isThere(int port) throws IOException {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(CONNECT_MILLIS);
            socket.getOutputStream().write(REQUEST);
            var head = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
            for (var line = head.readLine(); line != null && !line.isEmpty(); line = head.readLine()) {
                if (line.toLowerCase(Locale.ROOT).startsWith("content-type: text/event-stream")) {
                    return true;
                }
            }
            return false;
        }
    }

    /** Runs a change; returns after how many milliseconds each stream contained its mark. */
    Sample await(String mark, long limitMillis, Change change) throws IOException {
        var bytes = mark.getBytes(StandardCharsets.ISO_8859_1);
        for (var watcher : watchers) {
            watcher.expect(bytes);
        }
        var start = System.nanoTime();
        change.happen();
        var until = start + TimeUnit.MILLISECONDS.toNanos(limitMillis);
        var missing = watchers.length;
        while (missing > 0) {
            missing -= select();
            if (missing > 0 && System.nanoTime() - until > 0) {
                throw new IOException(missing + " watchers have not seen a change within " + limitMillis + " ms");
            }
        }
        var sample = new Sample();
        for (var watcher : watchers) {
            sample.add((watcher.seenNanos - start) / 1e6);
        }
        return sample;
    }

    @Override
    public void close() throws IOException {
        for (var watcher : watchers) {
            if (watcher != null) {
                watcher.channel.close();
            }
        }
        selector.close();
    }

    private void open(int port) throws IOException {
        var until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(CONNECT_MILLIS);
        var opened = 0;
        var watching = 0;
        while (watching < watchers.length) {
            while (opened < watchers.length && opened - watching < CONNECTING_MAX) {
                var channel = SocketChannel.open();
                channel.configureBlocking(false);
                channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
                channel.connect(address(port));
                watchers[opened] = new Watcher(channel, REQUEST);
                watchers[opened].expect("\n\n".getBytes(StandardCharsets.ISO_8859_1));
                channel.register(selector, SelectionKey.OP_CONNECT, watchers[opened]);
                opened++;
            }
            watching += select();
            if (System.nanoTime() - until > 0) {
                throw new IOException("only " + watching + " of " + watchers.length + " could start to watch");
            }
        }
    }

    /** Selects once; returns how many watchers found their mark. */
    private int select() throws IOException {
        selector.select(SELECT_MILLIS);
        var seen = 0;
        for (var key : selector.selectedKeys()) {
            if (((Watcher) key.attachment()).ready(key, in)) {
                seen++;
            }
        }
        selector.selectedKeys().clear();
        return seen;
    }

    private static InetSocketAddress address(int port) {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }

    @FunctionalInterface
    interface Change {
        void happen() throws IOException;
    }

    /** One connection, and how much of its mark it has just read. */
    static final class Watcher {
        private final SocketChannel channel;
        private final byte[] request;
        private byte[] mark = {};
        private int matched;
        private long seenNanos;

        private Watcher(SocketChannel channel, byte[] request) {
            this.channel = channel;
            this.request = request;
        }

        private void expect(byte[] bytes) {
            mark = bytes;
            matched = 0;
            seenNanos = 0;
        }

        /** Returns whether it has found its mark now, for the first time. */
        private boolean ready(SelectionKey key, ByteBuffer in) throws IOException {
            if (key.isConnectable()) {
                channel.finishConnect();
                channel.write(ByteBuffer.wrap(request));
                key.interestOps(SelectionKey.OP_READ);
                return false;
            }
            in.clear();
            if (channel.read(in) < 0) {
                throw new IOException("the registry ended a watch");
            }
            var sawBefore = seenNanos != 0;
            in.flip();
            while (in.hasRemaining() && seenNanos == 0) {
                match(in.get());
            }
            return !sawBefore && seenNanos != 0;
        }

        private void match(byte next) {
            matched = next == mark[matched] ? matched + 1 : next == mark[0] ? 1 : 0;
            if (matched == mark.length) {
                matched = 0;
                seenNanos = System.nanoTime();
            }
        }
    }
}
