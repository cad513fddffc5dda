package dev.rollcall.testkit;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Many connections that each send one request and read the response, on one thread together. */
public final class Crowd implements AutoCloseable {
    private final Selector selector = Selector.open();
    private final List<Member> members = new ArrayList<>();
    private final Thread thread = new Thread(this::read, "crowd");
    private volatile Expected expected = new Expected("\0", 0);
    private volatile boolean closed;

    private Crowd() throws IOException {
        thread.setDaemon(true);
    }

    /** Connects a number of clients to a port of loopback, and sends each one's request. */
    public static Crowd of(int size, int port, String request) throws IOException {
        var crowd = new Crowd();
        var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        for (var i = 0; i < size; i++) {
            var channel = SocketChannel.open(address);
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            channel.write(ByteBuffer.wrap(request.getBytes(StandardCharsets.ISO_8859_1)));
            channel.configureBlocking(false);
            var member = new Member(channel);
            crowd.members.add(member);
            channel.register(crowd.selector, SelectionKey.OP_READ, member);
        }
        crowd.thread.start();
        return crowd;
    }

    /** Starts counting the connections that read this text; what they read before is ignored. */
    public void expect(String text) {
        expected = new Expected(text, members.size());
    }

    /** Waits until all have read the expected text; returns how many haven't at the limit. */
    public long missing(Duration limit) throws InterruptedException {
        var latch = expected.latch();
        return latch.await(limit.toNanos(), TimeUnit.NANOSECONDS) ? 0 : latch.getCount();
    }

    @Override
    public void close() throws IOException {
        closed = true;
        selector.wakeup();
        for (var member : members) {
            member.channel().close();
        }
        selector.close();
    }

    private void read() {
        var buffer = ByteBuffer.allocate(1 << 16);
        while (!closed) {
            try {
                selector.select(key -> read(key, buffer));
            } catch (IOException | RuntimeException e) {
                return;
            }
        }
    }

    private void read(SelectionKey key, ByteBuffer buffer) {
        var member = (Member) key.attachment();
        try {
            buffer.clear();
            if (member.channel().read(buffer) < 0) {
                key.cancel();
                return;
            }
            member.got(expected, new String(buffer.array(), 0, buffer.position(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            key.cancel();
        }
    }

    private record Expected(String text, CountDownLatch latch) {
        Expected(String text, int members) {
            this(text, new CountDownLatch(members));
        }
    }

    private static final class Member {
        private final SocketChannel channel;
        private final StringBuilder read = new StringBuilder();
        private Expected last = new Expected("", 0);
        private boolean found;

        Member(SocketChannel channel) {
            this.channel = channel;
        }

        SocketChannel channel() {
            return channel;
        }

        void got(Expected expected, String text) {
            if (last != expected) {
                last = expected;
                found = false;
                read.setLength(0);
            }
            if (found) {
                return;
            }
            read.append(text);
            if (read.indexOf(expected.text()) >= 0) {
                found = true;
                expected.latch().countDown();
            } else if (read.length() > 4 * expected.text().length()) {
                read.delete(0, read.length() - expected.text().length());
            }
        }
    }
}
