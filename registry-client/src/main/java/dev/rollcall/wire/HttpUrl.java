package dev.rollcall.wire;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;

/**
 * An absolute http or https URL, as services name themselves and each other by it.
 *
 * <p>White space around it and slashes at its end are dropped, so that two spellings of one address are one key.
 * Otherwise it stays as it was written, because plain peers compare it letter by letter.
 *
 * @param value the URL, at most 2,000 characters, with a host and without user, query or fragment
 */
public record HttpUrl(@JsonValue String value) implements Comparable<HttpUrl> {
    private static final int LENGTH_MAX = 2_000;

    /** Checks the URL; throws {@link IllegalArgumentException} when it is not a valid absolute http(s) URL. */
    @JsonCreator
    public HttpUrl {
        value = withoutTrailingSlashes(value == null ? "" : value.strip());
        if (value.length() > LENGTH_MAX) {
            throw new IllegalArgumentException("a URL has at most " + LENGTH_MAX + " characters");
        }
        check(value);
    }

    /** Throws {@link IllegalArgumentException} like the constructor. */
    public static HttpUrl of(String value) {
        return new HttpUrl(value);
    }

    /** The URL as a {@link URI}. */
    public URI uri() {
        return URI.create(value);
    }

    /** The URL of a path below this one: {@code path} starts with a slash and may carry a query. */
    public URI resolve(String path) {
        return URI.create(value + path);
    }

    private static String withoutTrailingSlashes(String text) {
        var end = text.length();
        while (end > 0 && text.charAt(end - 1) == '/') {
            end--;
        }
        return text.substring(0, end);
    }

    private static void check(String text) {
        var uri = absoluteUri(text);
        if (uri.getRawQuery() != null) {
            throw new IllegalArgumentException("a ServiceURL bears no query: " + printable(text));
        }
    }

    /** The absolute http(s) URI that a text is, as it stands; throws {@link IllegalArgumentException} if it is none. */
    static URI absoluteUri(String text) {
        URI uri;
        try {
            uri = new URI(text);
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("not a URL: " + printable(text), e);
        }
        var scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        if (!scheme.equals("http") && !scheme.equals("https")) {
            throw new IllegalArgumentException("not an absolute http or https URL: " + printable(text));
        }
        if (uri.getHost() == null || uri.getHost().isEmpty() || uri.getPort() == 0 || uri.getPort() > 65_535) {
            throw new IllegalArgumentException("a URL needs a host and a port from 1 to 65535: " + printable(text));
        }
        if (uri.getRawUserInfo() != null || uri.getRawFragment() != null) {
            throw new IllegalArgumentException("a URL bears no user and no fragment here: " + printable(text));
        }
        return uri;
    }

    private static String printable(String text) {
        var shown = text.length() > 100 ? text.substring(0, 100) + "…" : text;
        return '"' + shown.replaceAll("\\p{Cntrl}", "?") + '"';
    }

    @Override
    public int compareTo(HttpUrl other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
