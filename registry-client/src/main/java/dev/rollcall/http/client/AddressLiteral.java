package dev.rollcall.http.client;

import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Parses hosts that need no look-up: literal addresses and {@code localhost}. Thread-safe. */
final class AddressLiteral {
    private static final String BYTE = "(25[0-5]|2[0-4]\\d|1?\\d?\\d)";
    private static final Pattern IPV4 = Pattern.compile(BYTE + "(\\." + BYTE + "){3}");
    /** RFC 6761, 6.3: never queried in DNS, nor are the names below it. */
    private static final Pattern LOCALHOST = Pattern.compile("(?i)(.+\\.)?localhost\\.?");

    private static final byte[] LOOPBACK_4 = {127, 0, 0, 1};
    private static final byte[] LOOPBACK_6 = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1};

    private AddressLiteral() {}

    /** Returns the addresses of a literal host; empty for a name. IPv6 has no brackets, and perhaps a zone. */
    static Optional<List<InetAddress>> of(String host) {
        try {
            if (host.indexOf(':') >= 0) {
                // the brackets keep the JDK from looking up an invalid address
                return Optional.of(List.of(InetAddress.getByName('[' + host + ']')));
            }
            if (IPV4.matcher(host).matches()) {
                return Optional.of(List.of(InetAddress.getByName(host)));
            }
            return LOCALHOST.matcher(host).matches() ? Optional.of(loopback()) : Optional.empty();
        } catch (UnknownHostException e) {
            return Optional.of(List.of());
        }
    }

    /**
     * Returns the loopback addresses, because a service may listen on either. Without IPv6, trying it would only hide
     * why the other failed.
     */
    private static List<InetAddress> loopback() throws UnknownHostException {
        var v4 = InetAddress.getByAddress("localhost", LOOPBACK_4);
        var v6 = InetAddress.getByAddress("localhost", LOOPBACK_6);
        try {
            return NetworkInterface.getByInetAddress(v6) == null ? List.of(v4) : List.of(v4, v6);
        } catch (SocketException e) {
            return List.of(v4);
        }
    }
}
