package dev.rollcall.registry.outgoing;

import dev.rollcall.host.EssentialThread;
import dev.rollcall.http.client.HostAddresses;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends http requests over kept connections, all on one selector thread. Reports an idle connection that the peer closed,
 * the first sign of a process that died. Thread-safe.
 *
 * <p>Sends nothing twice. Reads up to 4 KiB of a response's body and drops it; follows no redirects.
 */
public final class SelectorOutgoing implements Outgoing {
    private static final Logger LOG = LoggerFactory.getLogger(SelectorOutgoing.class);
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(2);
    private static final int BUFFER_BYTES = 16_384;
    /** In a row; a selector that is broken for good fails at once each time. */
    private static final int FAILED_ROUNDS_MAX = 100;

    private final Selector selector;
    private final Consumer<String> onPeerClosed;
    private final Queue<Runnable> inbox = new ConcurrentLinkedQueue<>();
    private final Map<String, OutgoingOrigin> origins = new HashMap<>();
    private final PriorityQueue<OutgoingExchange> deadlines = new PriorityQueue<>();
    private final ByteBuffer in = ByteBuffer.allocateDirect(BUFFER_BYTES);
    private final ByteBuffer out = ByteBuffer.allocateDirect(BUFFER_BYTES);
    private final HostAddresses hosts;
    private final Thread thread = EssentialThread.of("outgoing", this::run);
    private volatile boolean closed;

    /**
     * Creates a sender; {@link #start} starts it.
     *
     * @param onPeerClosed called on the selector's thread with the {@linkplain OutgoingOrigin#nameOf origin} whenever
     *     the other side closes an idle connection
     */
    public SelectorOutgoing(Consumer<String> onPeerClosed) throws IOException {
        this(onPeerClosed, new HostAddresses());
    }

    /** Like the other constructor, with its own way to resolve names. */
    public SelectorOutgoing(Consumer<String> onPeerClosed, HostAddresses hosts) throws IOException {
        this.hosts = hosts;
        this.selector = Selector.open();
        this.onPeerClosed = onPeerClosed;
    }

    public void start() {
        thread.start();
    }

    @Override
    public void send(Request request, Duration limit, Consumer<Result> consumer) {
        var exchange = new OutgoingExchange(request, System.nanoTime() + limit.toNanos(), consumer);
        submit(() -> begin(exchange));
    }

    /** Runs a task on the selector's thread. */
    private void submit(Runnable task) {
        inbox.add(task);
        if (!Thread.currentThread().equals(thread)) {
            selector.wakeup();
        }
    }

    @Override
    public void close() {
        closed = true;
        selector.wakeup();
        try {
            thread.join(CLOSE_LIMIT.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    Selector selector() {
        return selector;
    }

    ByteBuffer sharedOut() {
        return out;
    }

    /** The other side closed an idle connection. */
    void peerClosed(String origin) {
        onPeerClosed.accept(origin);
    }

    /** Drops an origin that has neither connections nor requests. */
    void drop(String name, OutgoingOrigin origin) {
        origins.remove(name, origin);
    }

    /** Looks up a host's addresses and passes them on; an empty list if it is unknown. */
    void resolve(String host, Consumer<List<InetAddress>> consumer) {
        var unused = hosts.find(host).thenAccept(found -> submit(() -> consumer.accept(found)));
    }

    private void run() {
        for (var failures = 0; !closed; ) {
            try {
                runRound();
                failures = 0;
            } catch (Throwable e) {
                EssentialThread.failed(e, "a round of sending failed; the next one follows");
                if (++failures == FAILED_ROUNDS_MAX) {
                    throw new IllegalStateException("the registry can't send any more", e);
                }
            }
        }
        closeAll();
    }

    private void runRound() throws IOException {
        if (!inbox.isEmpty()) {
            selector.selectNow();
        } else {
            selector.select(
                    deadlines.isEmpty() ? 0 : millisUntil(deadlines.peek().deadlineNanos()));
        }
        for (SelectionKey key : selector.selectedKeys()) {
            ready(key);
        }
        selector.selectedKeys().clear();
        for (var task = inbox.poll(); task != null; task = inbox.poll()) {
            runSafely(task);
        }
        expire(System.nanoTime());
    }

    private void ready(SelectionKey key) {
        try {
            ((OutgoingConnection) key.attachment()).ready(in);
        } catch (Throwable e) {
            EssentialThread.failed(e, "a response could not be handled");
        }
    }

    /** Runs a task; its failure must not end the thread that sends all other requests. */
    private static void runSafely(Runnable task) {
        try {
            task.run();
        } catch (Throwable e) {
            EssentialThread.failed(e, "a request could not be handled");
        }
    }

    /** Returns at least 1, since {@code select(0)} waits forever. */
    private static long millisUntil(long nanos) {
        return Math.max(1, TimeUnit.NANOSECONDS.toMillis(nanos - System.nanoTime()) + 1);
    }

    private void begin(OutgoingExchange exchange) {
        deadlines.add(exchange);
        var uri = exchange.request().uri();
        origins.computeIfAbsent(OutgoingOrigin.nameOf(uri), name -> new OutgoingOrigin(name, uri, this))
                .send(exchange);
    }

    private void expire(long now) {
        for (var next = deadlines.peek(); next != null; next = deadlines.peek()) {
            if (!next.isComplete() && now - next.deadlineNanos() < 0) {
                return;
            }
            deadlines.poll();
            if (!next.isComplete()) {
                runSafely(next::expire);
            }
        }
    }

    private void closeAll() {
        origins.values().forEach(OutgoingOrigin::closeAll);
        deadlines.forEach(e -> e.complete(new Result.Refused("the registry is stopping")));
        try {
            selector.close();
        } catch (IOException e) {
            LOG.atDebug().setCause(e).log("the selector failed to close");
        }
    }
}
