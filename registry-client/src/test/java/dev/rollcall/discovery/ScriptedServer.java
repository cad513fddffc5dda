package dev.rollcall.discovery;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * Answers the requests of each connection with scripted texts, byte by byte, then closes the connection.
 * {@link #SILENCE} is never answered, and {@link #END} closes the connection.
 */
final class ScriptedServer implements AutoCloseable {
    /** In place of a response: none. */
    static final String SILENCE = "silence";

    /** In place of a response: stops listening and closes the connection. */
    static final String END = "end";

    private final ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final List<List<String>> scripts = new ArrayList<>();
    private final Set<Socket> connections = ConcurrentHashMap.newKeySet();
    private final BlockingQueue<String> requests = new LinkedBlockingQueue<>();
    private final BlockingQueue<Integer> ended = new LinkedBlockingQueue<>();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread acceptor;

    /** Plays one script on the first connection, and the other on all later ones. */
    ScriptedServer(List<String> first, List<String> others) throws IOException {
        scripts.add(first);
        scripts.add(others);
        acceptor = start(this::accept);
    }

    /** Plays the same script on each connection. */
    ScriptedServer(List<String> each) throws IOException {
        this(each, each);
    }

    URI uri(String path) {
        return URI.create("http://127.0.0.1:" + listener.getLocalPort() + path);
    }

    /** Returns the first line of each request so far, after the number of its connection: {@code 0 GET / HTTP/1.1}. */
    List<String> requests() {
        return List.copyOf(requests);
    }

    /** Waits until the client has closed a connection. */
    void awaitEnd() throws InterruptedException {
        if (ended.poll(30, TimeUnit.SECONDS) == null) {
            throw new AssertionError("no connection was closed");
        }
    }

    @Override
    public void close() throws IOException {
        closed.countDown();
        listener.close();
        for (var connection : connections) {
            connection.close();
        }
    }

    private void accept() {
        try {
            for (var number = 0; ; number++) {
                var connection = listener.accept();
                connections.add(connection);
                var own = number;
                var unused = start(() -> serve(connection, own));
            }
        } catch (IOException e) {
            // closed
        }
    }

    private void serve(Socket connection, int number) {
        try (connection) {
            var in =
                    new BufferedReader(new InputStreamReader(connection.getInputStream(), StandardCharsets.ISO_8859_1));
            for (var answer : scripts.get(Math.min(number, scripts.size() - 1))) {
                var first = in.readLine();
                for (var line = first; line != null && !line.isEmpty(); ) {
                    line = in.readLine();
                }
                requests.add(number + " " + first);
                if (answer.equals(SILENCE)) {
                    closed.await();
                }
                if (answer.equals(END)) {
                    listener.close();
                    // on 25 the port accepts connections until the accepting thread has returned
                    acceptor.join();
                    return;
                }
                connection.getOutputStream().write(answer.getBytes(StandardCharsets.ISO_8859_1));
            }
        } catch (IOException e) {
            // the client disconnected, or this server is closed
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        ended.add(number);
    }

    private static Thread start(Runnable task) {
        var thread = new Thread(task, "scripted");
        thread.setDaemon(true);
        thread.start();
        return thread;
    }
}
