package dev.rollcall.registry.outgoing;

import dev.rollcall.wire.HostPort;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.channels.UnsupportedAddressTypeException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One address and the kept connections to it. A few at most; more requests wait their turn within their own limit.
 * Owned by the selector's thread.
 */
final class OutgoingOrigin {
    private static final int CONNECTIONS_MAX = 4;
    private static final int FIRST_LINES_MAX = 8;

    private final String name;
    private final String host;
    private final int port;
    private final boolean isSecure;
    private final SelectorOutgoing outgoing;
    private final Deque<OutgoingConnection> idle = new ArrayDeque<>();
    private final Deque<OutgoingExchange> waiting = new ArrayDeque<>();
    private final List<OutgoingConnection> open = new ArrayList<>();
    private final Map<String, byte[]> firstLines = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, byte[]> eldest) {
            return size() > FIRST_LINES_MAX;
        }
    };
    private List<InetAddress> addresses = List.of();
    private int addressInUse;
    private boolean resolving;

    OutgoingOrigin(String name, URI uri, SelectorOutgoing outgoing) {
        this.name = name;
        this.host = HostPort.of(uri).bareHost();
        this.port = portOf(uri);
        this.isSecure = isSecure(uri);
        this.outgoing = outgoing;
    }

    /** {@code http://host:port} of a URL, by which connections are shared. */
    static String nameOf(URI uri) {
        return uri.getScheme() + "://" + HostPort.of(uri).host() + ":" + portOf(uri);
    }

    private static int portOf(URI uri) {
        return HostPort.of(uri).portOr(isSecure(uri) ? 443 : 80);
    }

    private static boolean isSecure(URI uri) {
        return uri.getScheme().equalsIgnoreCase("https");
    }

    /** What carries the bytes of a new connection. */
    Wire wire(SocketChannel channel) {
        return isSecure ? new TlsWire(channel, outgoing.tls(), host, port) : new PlainWire(channel);
    }

    /** A request's first two lines; of the same request, the same as before. */
    byte[] firstLines(Outgoing.Request request) {
        return firstLines.computeIfAbsent(request.method() + request.uri(), k -> render(request));
    }

    /** A buffer that is used by one connection at a time, between two writes. */
    ByteBuffer sharedOut() {
        return outgoing.sharedOut();
    }

    private static byte[] render(Outgoing.Request request) {
        var uri = request.uri();
        var path = uri.getRawPath() == null || uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
        var query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
        return (request.method() + " " + path + query + " HTTP/1.1\r\nHost: " + HostPort.of(uri) + "\r\n")
                .getBytes(StandardCharsets.ISO_8859_1);
    }

    /** Sends a request as soon as there is a connection for it. */
    void send(OutgoingExchange exchange) {
        exchange.onExpiry(() -> waiting.remove(exchange));
        waiting.add(exchange);
        next();
    }

    /** A connection has nothing to do. One is kept: more were needed only for a moment. */
    void idle(OutgoingConnection connection) {
        if (waiting.isEmpty() && !idle.isEmpty()) {
            open.remove(connection);
            connection.close();
            return;
        }
        idle.push(connection);
        next();
    }

    /** A connection is closed; {@code unasked} if it was idle and the other side closed it. */
    void closed(OutgoingConnection connection, boolean unasked) {
        open.remove(connection);
        idle.remove(connection);
        if (unasked) {
            outgoing.peerClosed(name);
        }
        next();
    }

    /** A connection could not be made. */
    void failed(OutgoingConnection connection, OutgoingExchange exchange, IOException cause) {
        open.remove(connection);
        tryNextAddress(exchange, outcomeOf(cause));
        next();
    }

    void closeAll() {
        open.forEach(OutgoingConnection::close);
    }

    private void next() {
        while (!waiting.isEmpty()) {
            if (!idle.isEmpty()) {
                idle.pop().send(waiting.remove());
            } else if (open.size() >= CONNECTIONS_MAX) {
                return;
            } else if (addresses.isEmpty()) {
                resolve();
                return;
            } else {
                addressInUse = 0;
                connect(waiting.remove());
            }
        }
        if (open.isEmpty() && !resolving) {
            outgoing.drop(name, this);
        }
    }

    private void connect(OutgoingExchange exchange) {
        try {
            var address = new InetSocketAddress(addresses.get(addressInUse), port);
            open.add(OutgoingConnection.open(this, address, outgoing.selector(), exchange));
        } catch (UnsupportedAddressTypeException e) {
            tryNextAddress(exchange, new Outgoing.Result.Unreachable("unreachable: there is no IPv6 here"));
        } catch (IOException e) {
            tryNextAddress(exchange, outcomeOf(e));
        }
    }

    /** {@code localhost} is 127.0.0.1 and ::1, and a service may listen on either. */
    private void tryNextAddress(OutgoingExchange exchange, Outgoing.Result result) {
        exchange.addressFailed(result);
        if (!exchange.isComplete() && ++addressInUse < addresses.size()) {
            connect(exchange);
        } else {
            exchange.completeAsFailed();
        }
    }

    /** By its type, since the message is in the language of the machine: only a refusal comes from the other side. */
    private static Outgoing.Result outcomeOf(IOException cause) {
        return cause instanceof ConnectException
                ? new Outgoing.Result.Refused("connection refused")
                : new Outgoing.Result.Unreachable("unreachable: " + cause.getMessage());
    }

    private void resolve() {
        if (!resolving) {
            resolving = true;
            outgoing.resolve(host, this::resolved);
        }
    }

    private void resolved(List<InetAddress> found) {
        resolving = false;
        addresses = found;
        if (found.isEmpty()) {
            var failed = List.copyOf(waiting);
            waiting.clear();
            failed.forEach(e -> e.complete(new Outgoing.Result.Unreachable("unknown host " + host)));
        }
        next();
    }
}
