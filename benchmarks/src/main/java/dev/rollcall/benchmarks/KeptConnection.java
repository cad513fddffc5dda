package dev.rollcall.benchmarks;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** A bare HTTP client: one kept connection, one request at a time; reads the status only. Not thread-safe. */
final class KeptConnection implements AutoCloseable {
    private static final int LIMIT_MILLIS = 20_000;
    private static final int HEAD_MAX = 16_384;

    private final Socket socket;
    private final InputStream in;
    private final String host;

    private KeptConnection(Socket socket, InputStream in, String host) {
        this.socket = socket;
        this.in = in;
        this.host = host;
    }

    static KeptConnection to(int port) throws IOException {
        var socket = new Socket();
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(LIMIT_MILLIS);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), LIMIT_MILLIS);
        return new KeptConnection(socket, new BufferedInputStream(socket.getInputStream()), "localhost:" + port);
    }

    /** Sends a request to {@code /services} and reads the response; throws unless it is 200. */
    void call(String method, byte[] body) throws IOException {
        var head = method + " /services HTTP/1.1\r\nHost: " + host + "\r\nContent-Type: application/json\r\n"
                + "Content-Length: " + body.length + "\r\n\r\n";
        var request = new byte[head.length() + body.length];
        System.arraycopy(head.getBytes(StandardCharsets.ISO_8859_1), 0, request, 0, head.length());
        System.arraycopy(body, 0, request, head.length(), body.length);
        send(request);
    }

    /** Sends the bytes of a whole request and reads the response; throws unless it is 200. */
    void send(byte[] request) throws IOException {
        socket.getOutputStream().write(request);
        var status = readStatus();
        if (status != 200) {
            throw new IOException("the service responds with " + status);
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    private int readStatus() throws IOException {
        var status = Integer.parseInt(readLine().substring(9, 12));
        var bodyBytes = 0L;
        for (var line = readLine(); !line.isEmpty(); line = readLine()) {
            if (line.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
                bodyBytes = Long.parseLong(line.substring(15).strip());
            }
        }
        in.skipNBytes(bodyBytes);
        return status;
    }

    private String readLine() throws IOException {
        var line = new StringBuilder();
        for (var c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0 || line.length() > HEAD_MAX) {
                throw new IOException("the service closed the connection before its response");
            }
            if (c != '\r') {
                line.append((char) c);
            }
        }
        return line.toString();
    }
}
