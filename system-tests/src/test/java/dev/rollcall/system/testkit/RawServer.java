package dev.rollcall.system.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A server on loopback that misbehaves as {@link Act} says. One thread a connection; connections are kept. */
public final class RawServer implements AutoCloseable {
    private final ServerSocket socket;
    private final Handler handler;
    private final Set<Socket> connections = ConcurrentHashMap.newKeySet();
    private final CountDownLatch closed = new CountDownLatch(1);

    private RawServer(ServerSocket socket, Handler handler) {
        this.socket = socket;
        this.handler = handler;
    }

    /** Listens on a port. */
    public static RawServer on(int port, Handler handler) {
        try {
            var socket = new ServerSocket();
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            var server = new RawServer(socket, handler);
            daemon(server::accept, "raw-server-" + port);
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns its URL. */
    public String url() {
        return "http://localhost:" + socket.getLocalPort();
    }

    /** Frees the port and cuts all connections, as the end of a process does. */
    @Override
    public void close() {
        closed.countDown();
        quietly(socket);
        connections.forEach(RawServer::quietly);
    }

    private void accept() {
        while (closed.getCount() > 0) {
            try {
                var connection = socket.accept();
                connections.add(connection);
                daemon(() -> serve(connection), "raw-connection");
            } catch (IOException e) {
                // closed: the loop ends
            }
        }
    }

    private void serve(Socket connection) {
        try (connection) {
            connection.setTcpNoDelay(true);
            while (closed.getCount() > 0) {
                var request = RawRequest.of(Message.read(connection.getInputStream()));
                perform(handler.handle(request), connection);
            }
        } catch (IOException e) {
            // the other side has closed, or this one has
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            connections.remove(connection);
        }
    }

    private void perform(Act act, Socket connection) throws IOException, InterruptedException {
        if (act instanceof Act.Answer answer) {
            var out = connection.getOutputStream();
            out.write(bytes(answer));
            out.flush();
        } else if (act instanceof Act.Trickle trickle) {
            trickle(trickle, connection);
        } else if (act instanceof Act.Delay delay) {
            if (!closed.await(delay.by().toNanos(), TimeUnit.NANOSECONDS)) {
                perform(delay.then(), connection);
            }
        } else if (act instanceof Act.Reset) {
            connection.setSoLinger(true, 0);
            connection.close();
        } else if (act instanceof Act.Close) {
            connection.close();
        } else {
            closed.await();
        }
    }

    private void trickle(Act.Trickle trickle, Socket connection) throws IOException, InterruptedException {
        for (var next : bytes(trickle.answer())) {
            connection.getOutputStream().write(next);
            connection.getOutputStream().flush();
            if (closed.await(trickle.gap().toNanos(), TimeUnit.NANOSECONDS)) {
                return;
            }
        }
    }

    private static byte[] bytes(Act.Answer answer) {
        var length = answer.body().getBytes(StandardCharsets.UTF_8).length;
        var text = new StringBuilder("HTTP/1.1 " + answer.status() + " -\r\n");
        answer.headers().forEach((name, value) -> text.append(name + ": " + value + "\r\n"));
        if (length > 0) {
            text.append("Content-Type: " + answer.contentType() + "\r\n");
        }
        text.append("Content-Length: " + length + "\r\n\r\n").append(answer.body());
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static void daemon(Runnable task, String name) {
        var thread = new Thread(task, name);
        thread.setDaemon(true);
        thread.start();
    }

    private static void quietly(AutoCloseable part) {
        try {
            part.close();
        } catch (Exception e) {
            // it is closed all the same
        }
    }

    /** Decides what to do with a request. */
    @FunctionalInterface
    public interface Handler {
        /** Called by many threads; may block. */
        Act handle(RawRequest request) throws IOException, InterruptedException;
    }
}
