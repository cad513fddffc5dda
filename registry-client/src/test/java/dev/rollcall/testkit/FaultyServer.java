package dev.rollcall.testkit;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP server on a free port of loopback that plays faults, one per request in the given order; the last one repeats
 * for every further request. It records the requests. Thread-safe.
 */
public final class FaultyServer implements AutoCloseable {
    private final List<Fault> faults;
    private final List<ReceivedRequest> requests = new ArrayList<>();
    private final LinkedBlockingQueue<ReceivedRequest> untaken = new LinkedBlockingQueue<>();
    private final Set<Socket> connections = ConcurrentHashMap.newKeySet();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final InetSocketAddress address;
    private int next;
    private @Nullable ServerSocket listener;
    private @Nullable Thread acceptor;
    private @Nullable Socket placeholder;

    private FaultyServer(List<Fault> faults) throws IOException {
        this.faults = List.copyOf(faults);
        this.address = listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        refuseIfItsTurn();
    }

    /** Starts a server that plays these faults, at least one. */
    public static FaultyServer playing(Fault first, Fault... more) throws IOException {
        var all = new ArrayList<Fault>();
        all.add(first);
        all.addAll(List.of(more));
        return new FaultyServer(all);
    }

    /** Returns {@code http://127.0.0.1:PORT}. */
    public String url() {
        return "http://127.0.0.1:" + address.getPort();
    }

    /** Returns the port, the same whether it listens or not. */
    public int port() {
        return address.getPort();
    }

    /** Returns all requests so far. */
    public synchronized List<ReceivedRequest> requests() {
        return List.copyOf(requests);
    }

    /** Removes and returns the next recorded request; waits for it at most for the limit, and fails if none comes. */
    public ReceivedRequest takeRequest(Duration limit) throws InterruptedException {
        var request = untaken.poll(limit.toNanos(), TimeUnit.NANOSECONDS);
        if (request == null) {
            throw new AssertionError("no request within " + limit);
        }
        return request;
    }

    /** Ends a {@link Fault.Refuse} and continues with the fault after it. */
    public synchronized void listenAgain() throws IOException {
        next++;
        if (placeholder != null) {
            placeholder.close();
            placeholder = null;
        }
        listen(address);
        refuseIfItsTurn();
    }

    @Override
    public void close() throws IOException {
        closed.countDown();
        synchronized (this) {
            if (listener != null) {
                listener.close();
            }
            if (placeholder != null) {
                placeholder.close();
            }
        }
        for (var connection : connections) {
            connection.close();
        }
    }

    private InetSocketAddress listen(InetSocketAddress where) throws IOException {
        var socket = new ServerSocket();
        socket.setReuseAddress(true);
        socket.bind(where, 100);
        listener = socket;
        acceptor = daemon("faulty-accept", () -> accept(socket));
        return (InetSocketAddress) socket.getLocalSocketAddress();
    }

    /** Keeps the port reserved while not listening: a socket is bound to it, so that no other test gets it. */
    private synchronized void refuseIfItsTurn() throws IOException {
        if (listener == null || !(fault() instanceof Fault.Refuse)) {
            return;
        }
        listener.close();
        listener = null;
        awaitAcceptor();
        placeholder = new Socket();
        placeholder.setReuseAddress(true);
        placeholder.bind(address);
    }

    /** Waits for the acceptor to return, because the port is free only then. */
    private void awaitAcceptor() {
        try {
            if (acceptor != null) {
                acceptor.join(30_000);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized boolean isRefusing() {
        return fault() instanceof Fault.Refuse;
    }

    private Fault fault() {
        return faults.get(Math.min(next, faults.size() - 1));
    }

    private void accept(ServerSocket socket) {
        try {
            while (true) {
                var connection = socket.accept();
                connection.setTcpNoDelay(true);
                connections.add(connection);
                daemon("faulty-connection", () -> serve(connection));
            }
        } catch (IOException e) {
            // closed, or refusing from now on
        }
    }

    private void serve(Socket connection) {
        try (connection) {
            var in = new BufferedInputStream(connection.getInputStream());
            while (play(connection, nextFault(read(in)))) {
                // one request after the other, while the connection is kept
            }
        } catch (IOException e) {
            // the client disconnected, or this server is closed
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            connections.remove(connection);
        }
    }

    private synchronized Fault nextFault(ReceivedRequest request) {
        requests.add(request);
        untaken.add(request);
        var now = fault();
        if (now instanceof Fault.Refuse) {
            return now;
        }
        next++;
        try {
            refuseIfItsTurn();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return now;
    }

    /** Whether the connection may be reused. */
    private boolean play(Socket connection, Fault fault) throws IOException, InterruptedException {
        var out = connection.getOutputStream();
        if (fault instanceof Fault.Answer answer) {
            var bytes = new ByteArrayOutputStream();
            var isLast = isRefusing();
            bytes.writeBytes((isLast ? answer.with("Connection", "close") : answer).head());
            bytes.writeBytes(answer.content());
            out.write(bytes.toByteArray());
            return !isLast;
        }
        if (fault instanceof Fault.Delay delay) {
            return !closed.await(delay.by().toNanos(), TimeUnit.NANOSECONDS) && play(connection, delay.then());
        }
        if (fault instanceof Fault.Truncate truncate) {
            var content = truncate.promised().content();
            out.write(truncate.promised().head());
            out.write(content, 0, content.length / 2);
            return false;
        }
        if (fault instanceof Fault.Stall) {
            closed.await();
            return false;
        }
        // a reset; a request that came while refusing began is cut in the same way
        connection.setSoLinger(true, 0);
        return false;
    }

    private static ReceivedRequest read(InputStream in) throws IOException {
        var start = line(in).split(" ", 3);
        var headers = new LinkedHashMap<String, String>();
        for (var line = line(in); !line.isEmpty(); line = line(in)) {
            var colon = line.indexOf(':');
            headers.put(line.substring(0, colon), line.substring(colon + 1).strip());
        }
        var request = new ReceivedRequest(start[0], start[1], headers, "");
        return new ReceivedRequest(start[0], start[1], headers, body(in, request));
    }

    private static String body(InputStream in, ReceivedRequest request) throws IOException {
        var bytes = new ByteArrayOutputStream();
        if (request.header("Transfer-Encoding").equalsIgnoreCase("chunked")) {
            for (var size = chunkSize(in); size > 0; size = chunkSize(in)) {
                bytes.writeBytes(in.readNBytes(size));
                line(in);
            }
            line(in);
        } else if (!request.header("Content-Length").isEmpty()) {
            bytes.writeBytes(in.readNBytes(Integer.parseInt(request.header("Content-Length"))));
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    private static int chunkSize(InputStream in) throws IOException {
        return Integer.parseInt(line(in).split(";")[0].strip(), 16);
    }

    private static String line(InputStream in) throws IOException {
        var line = new StringBuilder();
        for (var b = in.read(); b != '\n'; b = in.read()) {
            if (b < 0) {
                throw new EOFException();
            }
            if (b != '\r') {
                line.append((char) b);
            }
        }
        return line.toString();
    }

    private static Thread daemon(String name, Runnable task) {
        var thread = new Thread(task, name);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }
}
