package dev.rollcall.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.testkit.Eventually;
import dev.rollcall.testkit.RawConnection;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real process, limited to 256 open files. */
final class DescriptorLimitTest {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final int FOLLOWERS = 400;

    @TempDir
    Path directory;

    @Test
    void givenFewDescriptors_whenManyFollow_thenTheSurplusIsRefusedAndRequestsAreServed() throws Exception {
        var port = freePort();
        var process = start(port);
        var followers = new ArrayList<RawConnection>();
        try {
            Eventually.holds(
                    "it answers",
                    LIMIT,
                    () -> status(port, "GET /heartbeat", "").equals("200"));
            var taken = 0;
            for (var i = 0; i < FOLLOWERS; i++) {
                var follower = RawConnection.to(port, LIMIT);
                followers.add(follower);
                var head = follower.send("GET /log?follow=true HTTP/1.1\r\nHost: localhost\r\n\r\n")
                        .readHead();
                taken += head.startsWith("HTTP/1.1 200") ? 1 : 0;
                assertThat(head).matches("(?is)HTTP/1.1 (200 |503 .*Connection: close.*Retry-After: 1).*");
            }
            assertThat(taken).isEqualTo(64);

            for (var i = 0; i < 20; i++) {
                assertThat(status(port, "POST /log", "[A] - " + i)).isEqualTo("200");
            }
            for (var follower : followers) {
                follower.close();
            }
            // a departed follower is noticed when the next records are sent to it
            Eventually.holds(
                    "others may follow",
                    LIMIT,
                    () -> status(port, "POST /log", "[A] - next").equals("200")
                            && status(port, "GET /log?follow=true", "").equals("200"));
        } finally {
            process.destroyForcibly();
            process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS);
        }
    }

    /** The built-in server kept counting departed clients. */
    @Test
    void givenFewDescriptors_whenFollowersComeAndGo_thenDepartedOnesTakeNoRoom() throws Exception {
        var port = freePort();
        var process = start(port);
        try {
            Eventually.holds(
                    "it answers",
                    LIMIT,
                    () -> status(port, "GET /heartbeat", "").equals("200"));
            for (var i = 0; i < FOLLOWERS; i++) {
                // a departed follower is noticed when the next records are sent to it
                Eventually.holds(
                        "follower " + i + " is taken",
                        LIMIT,
                        () -> status(port, "POST /log", "[A] - next").equals("200") && follows(port));
            }
        } finally {
            process.destroyForcibly();
            process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS);
        }
    }

    private Process start(int port) throws IOException {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var command = new ArrayList<>(List.of("sh", "-c", "ulimit -n 256; exec \"$0\" \"$@\"", java));
        command.addAll(List.of("-XX:-UsePerfData", "-cp", System.getProperty("java.class.path")));
        command.addAll(List.of(LogService.class.getName(), "--port", Integer.toString(port)));
        command.addAll(List.of("--data", directory.toString(), "--registry", "http://127.0.0.1:1"));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    /** Follows, and leaves at once. */
    private static boolean follows(int port) throws IOException {
        try (var connection = RawConnection.to(port, LIMIT)) {
            return connection
                    .send("GET /log?follow=true HTTP/1.1\r\nHost: localhost\r\n\r\n")
                    .readHead()
                    .startsWith("HTTP/1.1 200");
        } catch (SocketException e) {
            return false;
        }
    }

    private static String status(int port, String what, String body) throws IOException {
        try (var connection = RawConnection.to(port, LIMIT)) {
            connection.send(what + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: text/plain\r\nConnection: close\r\n"
                    + "Content-Length: " + body.length() + "\r\n\r\n" + body);
            var head = connection.readHead();
            return head.isEmpty() ? "closed" : head.substring("HTTP/1.1 ".length(), "HTTP/1.1 200".length());
        } catch (SocketException e) {
            return "refused";
        }
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
