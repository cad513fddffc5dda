package dev.rollcall.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;

/** A process with one listener that responds to every request with 200, to be killed. */
final class TinyProvider {
    private static final Duration START_LIMIT = Duration.ofSeconds(20);
    private static final Pattern LISTENS = Pattern.compile("listens on (\\d+)\n");
    private static final byte[] OK =
            "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1);

    private TinyProvider() {}

    static Child start(Path output) throws IOException {
        return Child.startSelf(output, List.of("-XX:TieredStopAtLevel=1", "-Xmx32m"), List.of("provider"));
    }

    /** Returns the port that it prints. */
    static int awaitPort(Child provider) throws IOException, InterruptedException {
        return Integer.parseInt(provider.awaitLine(LISTENS, START_LIMIT).group(1));
    }

    /** Runs the process. */
    static void run() throws IOException {
        try (var server = new ServerSocket(0, 64, InetAddress.getLoopbackAddress())) {
            System.out.println("listens on " + server.getLocalPort());
            while (true) {
                var socket = server.accept();
                var thread = new Thread(() -> serve(socket));
                thread.setDaemon(true);
                thread.start();
            }
        }
    }

    private static void serve(Socket socket) {
        try (socket;
                var in = new BufferedReader(
                        new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1))) {
            for (var line = in.readLine(); line != null; line = in.readLine()) {
                // only probes arrive, and they have no body: an empty line ends a request
                if (line.isEmpty()) {
                    socket.getOutputStream().write(OK);
                }
            }
        } catch (IOException e) {
            // the registry closed the connection
        }
    }
}
