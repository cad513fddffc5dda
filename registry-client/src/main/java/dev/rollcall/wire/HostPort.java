package dev.rollcall.wire;

import java.net.URI;
import java.util.regex.Pattern;

/**
 * The host and port of an http or https URL, as resolvers take them. {@link URI} finds neither if the host has an
 * underscore or its last part begins with a digit, as in many Compose files.
 *
 * @param host a name, an IPv4 address, or an IPv6 address in brackets, perhaps with a zone; as it was written
 * @param port 1 to 65535, or {@code -1} if the URL names none
 */
public record HostPort(String host, int port) {
    private static final int NAME_MAX = 253;
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]{1,63}(\\.[A-Za-z0-9_-]{1,63})*\\.?");
    private static final Pattern NUMBERS = Pattern.compile("[0-9]+(\\.[0-9]+)*\\.?");
    private static final String BYTE = "(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])";
    private static final Pattern IPV4 = Pattern.compile(BYTE + "(\\." + BYTE + "){3}");
    private static final Pattern IPV6 = Pattern.compile("\\[[0-9A-Fa-f:.]+(%[A-Za-z0-9_.]+)?]");
    private static final int PORT_MAX = 65_535;

    /** Returns host and port of a URI; throws {@link IllegalArgumentException} if it has none. */
    public static HostPort of(URI uri) {
        return parse(uri.getRawAuthority() == null ? "" : uri.getRawAuthority());
    }

    /** Returns what stands between {@code //} and the path; throws {@link IllegalArgumentException} saying what is wrong. */
    static HostPort parse(String authority) {
        if (authority.indexOf('@') >= 0) {
            throw new IllegalArgumentException("a URL bears no user here");
        }
        var colon =
                authority.startsWith("[") ? authority.indexOf(':', authority.indexOf(']') + 1) : authority.indexOf(':');
        var host = colon < 0 ? authority : authority.substring(0, colon);
        checkHost(host);
        return new HostPort(
                host, colon < 0 || colon == authority.length() - 1 ? -1 : port(authority.substring(colon + 1)));
    }

    /** Returns the port, or the usual one of the URL's scheme. */
    public int portOr(int usual) {
        return port < 0 ? usual : port;
    }

    /** Returns the host as resolvers take it: an IPv6 address without brackets, its zone behind a plain {@code %}. */
    public String bareHost() {
        return host.startsWith("[") ? host.substring(1, host.length() - 1).replace("%25", "%") : host;
    }

    /** Returns host and port as a Host header has them, without a zone, which means something on this machine only. */
    @Override
    public String toString() {
        var shown = host.indexOf('%') < 0 ? host : host.substring(0, host.indexOf('%')) + ']';
        return port < 0 ? shown : shown + ':' + port;
    }

    private static void checkHost(String host) {
        if (host.isEmpty()) {
            throw new IllegalArgumentException("a URL needs a host");
        }
        if (host.startsWith("[")) {
            if (!IPV6.matcher(host).matches()) {
                throw new IllegalArgumentException("what is in brackets is an IPv6 address");
            }
            return;
        }
        if (!NAME.matcher(host).matches()) {
            throw new IllegalArgumentException("a host has letters, digits, '-', '_' and dots,"
                    + " at most 63 characters between two dots (other letters as xn--)");
        }
        if (host.length() > NAME_MAX) {
            throw new IllegalArgumentException("a host has at most " + NAME_MAX + " characters");
        }
        if (NUMBERS.matcher(host).matches() && !IPV4.matcher(host).matches()) {
            throw new IllegalArgumentException("an IPv4 address is four numbers from 0 to 255");
        }
    }

    private static int port(String text) {
        if (text.matches("[0-9]{1,9}")) {
            var port = Integer.parseInt(text);
            if (port >= 1 && port <= PORT_MAX) {
                return port;
            }
        }
        throw new IllegalArgumentException("a port is a number from 1 to " + PORT_MAX);
    }
}
