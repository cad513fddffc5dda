package dev.rollcall.discovery;

import dev.rollcall.http.client.HostAddresses;
import dev.rollcall.wire.HostPort;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/**
 * Sends GETs over kept connections, each on the calling thread: no other thread is woken, which makes it fast. For
 * {@code http} only; redirects are not followed, and no proxy is used. Thread-safe.
 *
 * <p>The server may have closed a kept connection meanwhile. A request that gets no response byte on it is sent once
 * more, on a new one.
 */
final class PooledGets {
    private static final int REQUEST_BYTES_MAX = 8_192;
    private static final int PORT = 80;

    private final KeptConnections kept = new KeptConnections();
    private final HostAddresses hosts;
    private final Duration connectLimit;
    private final int bodyMax;

    PooledGets(HostAddresses hosts, Duration connectLimit, int bodyMax) {
        this.hosts = hosts;
        this.connectLimit = connectLimit;
        this.bodyMax = bodyMax;
    }

    /** Whether this class can send a request. */
    static boolean accepts(URI to, ClientRequest clientRequest) {
        return clientRequest.method().equals("GET")
                && clientRequest.body().length == 0
                && "http".equalsIgnoreCase(to.getScheme())
                && length(to, clientRequest) < REQUEST_BYTES_MAX;
    }

    /** Returns the response; throws {@link CallFailedException} if none arrived in time. */
    ClientResponse send(URI to, ClientRequest clientRequest, Duration limit) throws CallFailedException {
        return new Call(to, clientRequest, limit).send();
    }

    private static byte[] request(URI to, ClientRequest clientRequest) {
        var text = new StringBuilder(length(to, clientRequest));
        text.append("GET ").append(to.getRawPath().isEmpty() ? "/" : to.getRawPath());
        if (to.getRawQuery() != null) {
            text.append('?').append(to.getRawQuery());
        }
        text.append(" HTTP/1.1\r\nHost: ").append(HostPort.of(to)).append("\r\n");
        clientRequest
                .headers()
                .forEach((name, value) ->
                        text.append(name).append(": ").append(value).append("\r\n"));
        return text.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    private static int length(URI to, ClientRequest clientRequest) {
        var length = 64 + to.toString().length();
        for (var header : clientRequest.headers().entrySet()) {
            length += header.getKey().length() + header.getValue().length() + 4;
        }
        return length;
    }

    private static boolean isInterrupted() {
        return Thread.currentThread().isInterrupted();
    }

    /** One call, until its response or failure. */
    private final class Call {
        private final URI to;
        private final ClientRequest clientRequest;
        private final Duration limit;
        private final long deadline;
        private final HostPort hostPort;
        private final String origin;
        private final byte[] request;

        Call(URI to, ClientRequest clientRequest, Duration limit) {
            this.to = to;
            this.clientRequest = clientRequest;
            this.limit = limit;
            this.deadline = System.nanoTime() + limit.toNanos();
            this.hostPort = HostPort.of(to);
            this.origin = hostPort.host() + ':' + hostPort.portOr(PORT);
            this.request = request(to, clientRequest);
        }

        ClientResponse send() throws CallFailedException {
            var known = kept.acquire(origin);
            if (known.isPresent()) {
                try {
                    return exchangeOver(known.get());
                } catch (IOException e) {
                    if (known.get().hasResponseStarted() || e instanceof SocketTimeoutException || isInterrupted()) {
                        throw failed(reasonOf(e), e, false);
                    }
                    // closed by the server since its last response: nothing was received, so a retry is safe
                }
            }
            return overNew(known.isEmpty());
        }

        private ClientResponse overNew(boolean isFirst) throws CallFailedException {
            KeptConnection connection;
            try {
                connection = open();
            } catch (IOException e) {
                throw failed(isInterrupted() ? reasonOf(e) : "no connection", e, isFirst && !isInterrupted());
            }
            try {
                return exchangeOver(connection);
            } catch (IOException e) {
                throw failed(reasonOf(e), e, false);
            }
        }

        private ClientResponse exchangeOver(KeptConnection connection) throws IOException {
            try {
                var clientResponse = connection.exchange(to, request, deadline);
                kept.release(connection);
                return clientResponse;
            } catch (IOException | RuntimeException | Error e) {
                connection.close();
                throw e;
            }
        }

        /** Connects to the first address that accepts, all within one limit. */
        private KeptConnection open() throws IOException {
            var end = System.nanoTime() + Math.min(connectLimit.toNanos(), deadline - System.nanoTime());
            var addresses = addresses(end);
            for (var i = 0; ; i++) {
                try {
                    var address = new InetSocketAddress(addresses.get(i), hostPort.portOr(PORT));
                    return KeptConnection.open(origin, address, end - System.nanoTime(), bodyMax);
                } catch (IOException e) {
                    if (i == addresses.size() - 1 || isInterrupted() || end - System.nanoTime() <= 0) {
                        throw e;
                    }
                }
            }
        }

        private List<InetAddress> addresses(long end) throws IOException {
            try {
                return hosts.await(hostPort.bareHost(), Duration.ofNanos(end - System.nanoTime()));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException("interrupted", e);
            }
        }

        private String reasonOf(IOException cause) {
            if (isInterrupted()) {
                return "interrupted";
            }
            return cause instanceof SocketTimeoutException
                    ? "no answer within " + limit
                    : String.valueOf(cause.getMessage());
        }

        private CallFailedException failed(String reason, IOException cause, boolean surelyNotDone) {
            return new CallFailedException(
                    clientRequest + " at " + to.getScheme() + "://" + hostPort + ": " + reason, cause, surelyNotDone);
        }
    }
}
