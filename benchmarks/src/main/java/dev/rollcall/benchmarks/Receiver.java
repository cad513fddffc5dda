package dev.rollcall.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Simulates any number of instances on one port and one thread, one per loopback address. Responds to probes and
 * patches with 200 and, where the registry uses the extended layer, with the instance's id and view. Connections are
 * kept and carry one request at a time, as the registry uses them.
 */
final class Receiver implements AutoCloseable {
    private static final int BACKLOG = 4_096;
    private static final long CLOSE_MILLIS = 2_000;

    private final ServerSocketChannel server;
    private final Selector selector;
    private final ReceiverConnection.Scratch scratch = new ReceiverConnection.Scratch();
    private final AtomicReferenceArray<@Nullable String> views = new AtomicReferenceArray<>(Loopback.COUNT);
    private final Thread thread = new Thread(this::run, "receiver");
    private volatile @Nullable Tally tally;
    private volatile byte @Nullable [] lastAddition;
    private volatile boolean keepsAdditions;
    private volatile long removals;
    private volatile long heartbeats;
    private volatile boolean closed;

    private Receiver(ServerSocketChannel server, Selector selector) {
        this.server = server;
        this.selector = selector;
        thread.setDaemon(true);
    }

    /** Starts a receiver on a free port. */
    static Receiver start() throws IOException {
        // so many addresses need the wildcard; connections to other than loopback addresses are closed
        var server = ServerSocketChannel.open(StandardProtocolFamily.INET);
        var selector = Selector.open();
        server.bind(new InetSocketAddress("0.0.0.0", 0), BACKLOG);
        server.configureBlocking(false);
        server.register(selector, SelectionKey.OP_ACCEPT);
        var receiver = new Receiver(server, selector);
        receiver.thread.start();
        return receiver;
    }

    int port() {
        try {
            return ((InetSocketAddress) server.getLocalAddress()).getPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the base URL of one instance. */
    String url(int number) {
        return "http://" + Loopback.of(number) + ":" + port();
    }

    /** Starts a tally of patches of one kind, which replaces the last one. */
    Tally tally(Tally.Sign sign, int dependants) {
        var next = new Tally(sign, dependants);
        tally = next;
        return next;
    }

    /** Sets whether to keep the bytes of the last patch that added a provider. */
    void keepAdditions(boolean keep) {
        keepsAdditions = keep;
    }

    Optional<byte[]> lastAddition() {
        return Optional.ofNullable(lastAddition);
    }

    /** Returns how many patches have removed a provider so far. */
    long removals() {
        return removals;
    }

    /** Returns how many probes got a response so far. */
    long heartbeats() {
        return heartbeats;
    }

    @Override
    public void close() throws IOException {
        closed = true;
        selector.wakeup();
        try {
            thread.join(CLOSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Returns the view that an instance reports on a probe; {@code null} before its first patch. */
    @Nullable
    String view(int number) {
        return number < 0 ? null : views.get(number);
    }

    /** Notes a patch; called by the receiver's thread. */
    @SuppressWarnings("NonAtomicVolatileUpdate") // one thread writes, others only read
    void patched(int number, String view, ReceiverConnection.PatchBytes patch) {
        if (number >= 0) {
            views.set(number, view);
        }
        var now = System.nanoTime();
        if (patch.removes()) {
            removals++;
        }
        var current = tally;
        if (current != null) {
            current.note(number, patch.adds(), patch.removes(), now);
        }
        if (keepsAdditions && patch.adds()) {
            lastAddition = patch.copy();
        }
    }

    /** Notes a probe; called by the receiver's thread. */
    @SuppressWarnings("NonAtomicVolatileUpdate") // one thread writes, others only read
    void heard() {
        heartbeats++;
    }

    private void run() {
        try (server;
                selector) {
            while (!closed) {
                selector.select();
                for (var key : selector.selectedKeys()) {
                    ready(key);
                }
                selector.selectedKeys().clear();
            }
            closeAll();
        } catch (IOException e) {
            System.err.println("the receiver failed: " + e);
        }
    }

    private void ready(SelectionKey key) throws IOException {
        if (!key.isValid()) {
            return;
        }
        if (key.isAcceptable()) {
            accept();
        } else if (key.attachment() instanceof ReceiverConnection connection) {
            connection.ready(scratch);
        }
    }

    private void accept() throws IOException {
        for (var channel = server.accept(); channel != null; channel = server.accept()) {
            var local = ((InetSocketAddress) channel.getLocalAddress()).getAddress();
            if (!local.isLoopbackAddress()) {
                channel.close();
                continue;
            }
            channel.configureBlocking(false);
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            channel.register(
                    selector, SelectionKey.OP_READ, new ReceiverConnection(channel, Loopback.numberOf(local), this));
        }
    }

    private void closeAll() throws IOException {
        for (var key : selector.keys()) {
            key.channel().close();
        }
    }
}
