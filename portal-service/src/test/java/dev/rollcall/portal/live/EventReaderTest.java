package dev.rollcall.portal.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class EventReaderTest {
    private static final int LIMIT_MILLIS = 30_000;
    private static final String HEAD =
            "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n";

    @ParameterizedTest
    @ValueSource(strings = {"", HEAD, HEAD + "9\r\ndata: x\n\n\r\n"})
    void givenHangingService_whenReaderIsClosed_thenConnectionIsClosed(String response) throws Exception {
        var received = new LinkedBlockingQueue<String>();
        try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var reader = new EventClient()
                    .open(URI.create("http://127.0.0.1:" + server.getLocalPort() + "/"), Map.of(), listener(received));
            try (var connection = server.accept()) {
                connection.setSoTimeout(LIMIT_MILLIS);
                var in = connection.getInputStream();
                assertThat(in.read()).isEqualTo('G');
                connection.getOutputStream().write(response.getBytes(StandardCharsets.US_ASCII));
                if (!response.isEmpty()) {
                    assertThat(received.poll(LIMIT_MILLIS, TimeUnit.MILLISECONDS))
                            .isEqualTo("open");
                }

                reader.close();

                // the rest of the request, then the end; a time-out is an exception
                assertThat(in.readAllBytes()).isNotEmpty();
                assertThat(received).doesNotContain("end");
            }
        }
    }

    @Test
    void givenStream_whenItEnds_thenListenerIsNotified() throws Exception {
        var received = new LinkedBlockingQueue<String>();
        try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            new EventClient()
                    .open(URI.create("http://127.0.0.1:" + server.getLocalPort() + "/"), Map.of(), listener(received));
            try (var connection = server.accept()) {
                connection.getOutputStream().write((HEAD + "0\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
                assertThat(received.poll(LIMIT_MILLIS, TimeUnit.MILLISECONDS)).isEqualTo("open");
                assertThat(received.poll(LIMIT_MILLIS, TimeUnit.MILLISECONDS)).isEqualTo("end");
            }
        }
    }

    private static EventReader.Listener listener(LinkedBlockingQueue<String> received) {
        return new EventReader.Listener() {
            @Override
            public void onOpen() {
                received.add("open");
            }

            @Override
            public void onEvent(ServerEvent event) {
                received.add(event.data());
            }

            @Override
            public void onEnd(int status) {
                received.add("end");
            }
        };
    }
}
