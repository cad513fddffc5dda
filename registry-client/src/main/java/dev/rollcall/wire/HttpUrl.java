package dev.rollcall.wire;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.regex.Pattern;

/**
 * An absolute http or https URL, the name of an instance on the network.
 *
 * <p>Surrounding white space and trailing slashes are dropped, so that two spellings of one address are one key.
 * Otherwise the URL stays as written, because plain peers compare it byte by byte.
 *
 * @param value the URL, at most 2,000 characters, with a host and without user, query or fragment
 */
public record HttpUrl(@JsonValue String value) implements Comparable<HttpUrl> {
    private static final int LENGTH_MAX = 2_000;
    private static final Pattern SCHEME = Pattern.compile("(?i)https?://");
    private static final Pattern SCHEME_ALONE = Pattern.compile("(?i)https?:/*");
    private static final Pattern AUTHORITY_END = Pattern.compile("[/?]");

    /** Throws {@link IllegalArgumentException} if the value is not a valid absolute http or https URL. */
    @JsonCreator
    public HttpUrl {
        value = withoutTrailingSlashes(value == null ? "" : value.strip());
        if (value.length() > LENGTH_MAX) {
            throw new IllegalArgumentException("a URL has at most " + LENGTH_MAX + " characters");
        }
        check(value);
    }

    /** Returns the URL; throws {@link IllegalArgumentException} like the constructor. */
    public static HttpUrl of(String value) {
        return new HttpUrl(value);
    }

    /** Returns the URL as a {@link URI}. */
    public URI uri() {
        return URI.create(value);
    }

    /** Returns host and port, which {@link #uri()} does not always know. */
    public HostPort hostPort() {
        return HostPort.of(uri());
    }

    /** Returns the URL of a path below this one; {@code path} starts with a slash and may have a query. */
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

    /** Parses an absolute http or https URI without changing it; throws {@link IllegalArgumentException}. */
    static URI absoluteUri(String text) {
        try {
            return checked(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(e.getMessage() + ": " + printable(text), e);
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException(
                    "not a URL (" + e.getReason() + " at character " + (e.getIndex() + 1) + "): " + printable(text), e);
        }
    }

    /** Gives each mistake its own reason; {@link URI}, which has one reason for many, comes last. */
    private static URI checked(String text) throws URISyntaxException {
        if (text.isEmpty()) {
            throw new IllegalArgumentException("a URL is missing");
        }
        if (text.chars().anyMatch(c -> Character.isISOControl(c) || Character.isWhitespace(c))) {
            throw new IllegalArgumentException("a URL has no blanks and no control characters");
        }
        var scheme = SCHEME.matcher(text);
        if (!scheme.lookingAt()) {
            // its slashes may be dropped already
            if (SCHEME_ALONE.matcher(text).matches()) {
                throw new IllegalArgumentException("a URL needs a host");
            }
            throw new IllegalArgumentException("a URL begins with http:// or https://");
        }
        if (text.indexOf('#') >= 0) {
            throw new IllegalArgumentException("a URL bears no fragment here");
        }
        var end = AUTHORITY_END.matcher(text);
        HostPort.parse(text.substring(scheme.end(), end.find(scheme.end()) ? end.start() : text.length()));
        return new URI(text);
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
