package dev.rollcall.system.testkit;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A client connection that sends arbitrary bytes at any pace. */
public final class RawConnection implements AutoCloseable {
    private static final int LIMIT_MILLIS = 10_000;

    private final Socket socket;

    private RawConnection(Socket socket) {
        this.socket = socket;
    }

    /** Connects to a port on loopback. */
    public static RawConnection to(int port) throws IOException {
        var socket = new Socket();
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), LIMIT_MILLIS);
        socket.setSoTimeout(LIMIT_MILLIS);
        return new RawConnection(socket);
    }

    /** Sends these bytes and no more. */
    public void send(String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
        socket.getOutputStream().flush();
    }

    /** Reads the next response; {@link java.io.EOFException} if the connection was closed. */
    public Reply answer() throws IOException {
        var message = Message.read(socket.getInputStream());
        return new Reply(Integer.parseInt(message.firstLine().split(" ")[1]), message.headers(), message.body());
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
