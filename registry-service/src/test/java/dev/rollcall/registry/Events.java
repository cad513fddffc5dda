package dev.rollcall.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

/** A client of server-sent events, as the standard defines them. Uses HTTP 1.0, so that they come without chunks. */
public final class Events implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Socket socket;
    private final BufferedReader in;
    private String lastId;

    private Events(Socket socket, String lastId) throws IOException {
        this.socket = socket;
        this.in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
        this.lastId = lastId;
    }

    /** Connects; an empty last id means none. */
    public static Events from(int port, String path, String lastId) throws IOException {
        var socket = new Socket(InetAddress.getLoopbackAddress(), port);
        var resume = lastId.isEmpty() ? "" : "Last-Event-ID: " + lastId + "\r\n";
        socket.getOutputStream()
                .write(("GET " + path + " HTTP/1.0\r\n" + resume + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
        var events = new Events(socket, lastId);
        events.readHead();
        return events;
    }

    private void readHead() throws IOException {
        limit(Duration.ofSeconds(30));
        var status = in.readLine();
        if (!status.contains(" 200 ")) {
            throw new IOException(status);
        }
        while (!in.readLine().isEmpty()) {
            // skips the headers
        }
    }

    /** Sets how long a read may take from now on. */
    Events limit(Duration limit) throws IOException {
        socket.setSoTimeout((int) limit.toMillis());
        return this;
    }

    /** Returns the id to reconnect with. */
    public String lastId() {
        return lastId;
    }

    /** Returns the next event; empty if none comes within the limit. */
    Optional<Event> poll() throws IOException {
        try {
            return Optional.of(next());
        } catch (SocketTimeoutException e) {
            return Optional.empty();
        }
    }

    /** Returns the next event. */
    public Event next() throws IOException {
        var name = "message";
        var data = "";
        var id = lastId;
        for (var line = line(); ; line = line()) {
            if (line.startsWith("event: ")) {
                name = line.substring(7);
            } else if (line.startsWith("id: ")) {
                id = line.substring(4);
            } else if (line.startsWith("data: ")) {
                data = line.substring(6);
            } else if (line.isEmpty() && !data.isEmpty()) {
                // only after the whole event has arrived
                lastId = id;
                return new Event(name, lastId, JSON.readTree(data));
            }
        }
    }

    /** Returns the next line. */
    public String line() throws IOException {
        var line = in.readLine();
        if (line == null) {
            throw new EOFException("the stream has ended");
        }
        return line;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    /** One event. */
    public record Event(String name, String id, JsonNode data) {
        public long revision() {
            return Long.parseLong(id.substring(id.lastIndexOf(':') + 1));
        }
    }
}
