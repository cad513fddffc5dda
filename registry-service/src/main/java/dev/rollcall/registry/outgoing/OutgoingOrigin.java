package dev.rollcall.registry.outgoing;

import dev.rollcall.wire.HostPort;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.UnsupportedAddressTypeException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One origin and its few kept connections; further requests wait for one within their own limit. Confined to the
 * selector's thread.
 */
final class OutgoingOrigin {
    private static final int CONNECTIONS_MAX = 4;
    private static final int FIRST_LINES_MAX = 8;

    private final String name;
    private final String host;
    private final int port;
    private final SelectorOutgoing outgoing;
    private final Deque<OutgoingConnection> idle = new ArrayDeque<>();
    private final Deque<OutgoingExchange> pending = new ArrayDeque<>();
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
        this.outgoing = outgoing;
    }

    /** Returns {@code http://host:port} of a URL, by which connections are shared. */
    static String nameOf(URI uri) {
        return uri.getScheme() + "://" + HostPort.of(uri).host() + ":" + portOf(uri);
    }

    private static int portOf(URI uri) {
        return HostPort.of(uri).portOr(80);
    }

    /** Returns a request's first two lines, rendered once for repeated requests. */
    byte[] firstLines(Outgoing.Request request) {
        return firstLines.computeIfAbsent(request.method() + request.uri(), k -> render(request));
    }

    /** Returns a buffer that one connection uses at a time, within one write. */
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

    /** Sends a request as soon as a connection is available. */
    void send(OutgoingExchange exchange) {
        exchange.onExpiry(() -> pending.remove(exchange));
        pending.add(exchange);
        assignPending();
    }

    /** Handles a connection that became idle. Only one is kept; more are needed only for a burst. */
    void idle(OutgoingConnection connection) {
        if (pending.isEmpty() && !idle.isEmpty()) {
            open.remove(connection);
            connection.close();
            return;
        }
        idle.push(connection);
        assignPending();
    }

    /**
     * Handles a closed connection.
     *
     * @param isPeerClose whether it was idle and the other side closed it
     */
    void closed(OutgoingConnection connection, boolean isPeerClose) {
        open.remove(connection);
        idle.remove(connection);
        if (isPeerClose) {
            outgoing.peerClosed(name);
        }
        assignPending();
    }

    /** Handles a connection that could not be made. */
    void failed(OutgoingConnection connection, OutgoingExchange exchange, IOException cause) {
        open.remove(connection);
        tryNextAddress(exchange, resultOf(cause));
        assignPending();
    }

    void closeAll() {
        open.forEach(OutgoingConnection::close);
    }

    private void assignPending() {
        while (!pending.isEmpty()) {
            if (!idle.isEmpty()) {
                idle.pop().send(pending.remove());
            } else if (open.size() >= CONNECTIONS_MAX) {
                return;
            } else if (addresses.isEmpty()) {
                resolve();
                return;
            } else {
                addressInUse = 0;
                connect(pending.remove());
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
            tryNextAddress(exchange, resultOf(e));
        }
    }

    /** Tries the next address: {@code localhost} is 127.0.0.1 and ::1, and a service may listen on either. */
    private void tryNextAddress(OutgoingExchange exchange, Outgoing.Result result) {
        exchange.addressFailed(result);
        if (!exchange.isComplete() && ++addressInUse < addresses.size()) {
            connect(exchange);
        } else {
            exchange.completeAsFailed();
        }
    }

    /** Decides by type, since the message is in the machine's language. Only a refusal comes from the other side. */
    private static Outgoing.Result resultOf(IOException cause) {
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
            var failed = List.copyOf(pending);
            pending.clear();
            failed.forEach(e -> e.complete(new Outgoing.Result.Unreachable("unknown host " + host)));
        }
        assignPending();
    }
}
