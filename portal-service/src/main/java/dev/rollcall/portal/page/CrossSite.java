package dev.rollcall.portal.page;

import dev.rollcall.http.Request;
import java.net.URI;
import java.util.Locale;

/**
 * Detects posts that another site made a browser send.
 *
 * <p>Browsers name the source of a post in {@code Sec-Fetch-Site} (Fetch Metadata; to https and localhost only) and
 * {@code Origin} (RFC 6454). Pages can't forge either. Programs such as curl send neither, and no site can make them
 * send anything.
 */
public final class CrossSite {
    private CrossSite() {}

    /** Returns whether a request comes from another site. */
    public static boolean isFrom(Request request) {
        return isFrom(
                request.header("Sec-Fetch-Site").orElse(""),
                request.header("Origin").orElse(""),
                request.header("Host").orElse(""));
    }

    /** Same as above for the three header values; empty means absent. */
    public static boolean isFrom(String fetchSite, String origin, String host) {
        if (!fetchSite.isEmpty() && !fetchSite.equals("same-origin") && !fetchSite.equals("none")) {
            return true;
        }
        return !origin.isEmpty() && !isSame(origin, host);
    }

    /** Ignores the scheme: a proxy in front may speak https where this side speaks http. */
    private static boolean isSame(String origin, String host) {
        URI uri;
        try {
            uri = URI.create(origin);
        } catch (IllegalArgumentException e) {
            return false;
        }
        if (uri.getRawAuthority() == null || uri.getScheme() == null || host.isEmpty()) {
            return false;
        }
        var defaultPort = uri.getScheme().equalsIgnoreCase("https") ? ":443" : ":80";
        return withPort(uri.getRawAuthority(), defaultPort).equals(withPort(host, defaultPort));
    }

    private static String withPort(String authority, String defaultPort) {
        var lower = authority.strip().toLowerCase(Locale.ROOT);
        var hasPort = lower.lastIndexOf(':') > lower.lastIndexOf(']');
        return hasPort ? lower : lower + defaultPort;
    }
}
