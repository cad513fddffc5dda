package dev.rollcall.http;

import com.sun.net.httpserver.HttpExchange;
import dev.rollcall.wire.Json;
import dev.rollcall.wire.MalformedJsonException;
import dev.rollcall.wire.WholeNumber;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/** A request as a handler sees it. Not thread-safe. */
public final class Request {
    private final HttpExchange exchange;
    private final Map<String, String> pathValues;
    private final TraceContext trace;
    private final long bodyBytesMax;
    private byte @Nullable [] body;
    private @Nullable Map<String, String> query;

    Request(HttpExchange exchange, Map<String, String> pathValues, TraceContext trace, long bodyBytesMax) {
        this.exchange = exchange;
        this.pathValues = pathValues;
        this.trace = trace;
        this.bodyBytesMax = bodyBytesMax;
    }

    /** Returns the method; HEAD requests go to GET handlers. */
    public String method() {
        return exchange.getRequestMethod();
    }

    /** Returns the path as sent, still percent-encoded, without the query. */
    public String path() {
        return exchange.getRequestURI().getRawPath();
    }

    /** Returns the decoded path segment in place of {@code {name}}, which the route's template must have. */
    public String pathValue(String name) {
        var value = pathValues.get(name);
        if (value == null) {
            throw new IllegalArgumentException("the route has no {" + name + "}");
        }
        return value;
    }

    /** Returns a decoded query parameter, the first of several of that name; empty if absent. */
    public Optional<String> query(String name) {
        if (query == null) {
            query = parameters(exchange.getRequestURI().getRawQuery());
        }
        return Optional.ofNullable(query.get(name));
    }

    /**
     * Returns a query parameter that is a whole number.
     *
     * @throws ProblemException if it is present and not a number from {@code min} to {@code max}
     */
    public int queryNumber(String name, int defaultValue, int min, int max) {
        var text = query(name);
        if (text.isEmpty()) {
            return defaultValue;
        }
        var number = WholeNumber.parse(text.get());
        if (number.isEmpty() || number.getAsLong() < min || number.getAsLong() > max) {
            throw ProblemException.badRequest(name + " is a whole number from " + min + " to " + max);
        }
        return (int) number.getAsLong();
    }

    /** Returns a request header; empty if absent. */
    public Optional<String> header(String name) {
        return Optional.ofNullable(exchange.getRequestHeaders().getFirst(name));
    }

    /** Returns the media type of the body in lower case, without parameters; empty if there is none. */
    public String contentType() {
        var type = header("Content-Type").orElse("");
        var end = type.indexOf(';');
        return (end < 0 ? type : type.substring(0, end)).strip().toLowerCase(Locale.ROOT);
    }

    /** Returns the request's place in its trace. */
    public TraceContext trace() {
        return trace;
    }

    /**
     * Returns the whole body, decompressed if sent with gzip. It is the same array each time and must not be changed.
     *
     * @throws ProblemException 413 if it is larger than the limit, 415 for a coding other than gzip, 400 for corrupt
     *     gzip or a body that ends early
     */
    public byte[] body() throws IOException {
        if (body == null) {
            body = read(this::readLimited);
        }
        return body;
    }

    /**
     * Reads the whole body into the caller's buffer, once and in place of {@link #body}, so that repeated large bodies
     * leave no garbage.
     *
     * @return the body's length
     * @throws ProblemException as {@link #body} does, and 413 also if the body exceeds the buffer
     */
    public int body(byte[] into) throws IOException {
        return read((in, length) -> fill(in, length, into));
    }

    private <T> T read(BodyReader<T> reader) throws IOException {
        var length = header("Content-Length").map(Request::lengthOf).orElse(0L);
        if (length > bodyBytesMax) {
            throw ProblemException.tooLarge(bodyBytesMax);
        }
        var coding = header("Content-Encoding").orElse("identity").toLowerCase(Locale.ROOT);
        CompensatingPool.setWaitingForClient(true);
        try {
            return switch (coding) {
                case "identity", "" -> reader.of(exchange.getRequestBody(), length);
                case "gzip", "x-gzip" -> gunzipped(exchange.getRequestBody(), reader);
                default -> throw ProblemException.unsupported("Content-Encoding may be gzip, not " + coding);
            };
        } catch (IOException e) {
            // the client's fault, unlike an IOException of the handler's own
            throw ProblemException.badRequest("the body did not come whole");
        } finally {
            CompensatingPool.setWaitingForClient(false);
        }
    }

    /** Returns the whole body as UTF-8 text. */
    public String text() throws IOException {
        return new String(body(), StandardCharsets.UTF_8);
    }

    /**
     * Parses the JSON body.
     *
     * @throws ProblemException 400 if it is malformed or doesn't fit the type
     */
    public <T> T json(Class<T> type) throws IOException {
        try {
            return Json.read(body(), type);
        } catch (MalformedJsonException e) {
            throw ProblemException.badRequest(e.detail());
        }
    }

    /**
     * Like {@link #json(Class)}, without the list elements that don't fit.
     *
     * @param skipped called for each, with a text that says where and why
     */
    public <T> T json(Class<T> type, Consumer<String> skipped) throws IOException {
        try {
            return Json.read(body(), type, skipped);
        } catch (MalformedJsonException e) {
            throw ProblemException.badRequest(e.detail());
        }
    }

    /** Returns the fields of an {@code application/x-www-form-urlencoded} body; the first of several of one name. */
    public Map<String, String> form() throws IOException {
        // one char per byte, which is what percent-encoding stands for too
        return parameters(new String(body(), StandardCharsets.ISO_8859_1));
    }

    private static <T> T gunzipped(InputStream compressed, BodyReader<T> reader) throws IOException {
        try (var plain = new GZIPInputStream(new NonClosing(compressed), 8_192)) {
            return reader.of(plain, 0);
        } catch (ZipException | EOFException e) {
            throw ProblemException.badRequest("the body is not the gzip that Content-Encoding says");
        }
    }

    /**
     * Reads all of a stream.
     *
     * @param length the announced size, 0 if unknown
     */
    private byte[] readLimited(InputStream in, long length) throws IOException {
        var max = (int) Math.min(bodyBytesMax, Integer.MAX_VALUE - 16);
        if (length > 0 && length <= max && header("Transfer-Encoding").isEmpty()) {
            // leaves only its own size as garbage, not a buffer of 8 KiB
            var all = in.readNBytes((int) length);
            if (all.length < length) {
                throw new EOFException("the body ends early");
            }
            return all;
        }
        var bytes = in.readNBytes(max);
        if (bytes.length == max && in.read() >= 0) {
            throw ProblemException.tooLarge(bodyBytesMax);
        }
        return bytes;
    }

    private int fill(InputStream in, long length, byte[] into) throws IOException {
        var max = (int) Math.min(bodyBytesMax, into.length);
        var filled = in.readNBytes(into, 0, max);
        if (filled == max && in.read() >= 0) {
            throw ProblemException.tooLarge(max);
        }
        if (filled < length && header("Transfer-Encoding").isEmpty()) {
            throw new EOFException("the body ends early");
        }
        return filled;
    }

    private static long lengthOf(String header) {
        return WholeNumber.parse(header)
                .orElseThrow(() -> ProblemException.badRequest("Content-Length is not a number"));
    }

    private static Map<String, String> parameters(@Nullable String encoded) {
        if (encoded == null || encoded.isEmpty()) {
            return Map.of();
        }
        var parameters = new LinkedHashMap<String, String>();
        for (var pair : encoded.split("&", -1)) {
            var equals = pair.indexOf('=');
            var name = equals < 0 ? pair : pair.substring(0, equals);
            var value = equals < 0 ? "" : pair.substring(equals + 1);
            parameters.putIfAbsent(decoded(name), decoded(value));
        }
        return parameters;
    }

    private static String decoded(String text) {
        try {
            var bytes = URLDecoder.decode(text, StandardCharsets.ISO_8859_1).getBytes(StandardCharsets.ISO_8859_1);
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw ProblemException.badRequest("\"" + text + "\" is not in UTF-8");
        } catch (IllegalArgumentException e) {
            throw ProblemException.badRequest("a percent sign without two hex digits in \"" + text + '"');
        }
    }

    /** Reads a body; {@code length} is its announced size, 0 if unknown. */
    @FunctionalInterface
    private interface BodyReader<T> {
        T of(InputStream in, long length) throws IOException;
    }

    /** Leaves the body open, because some of a too large body is still to be drained before the response. */
    private static final class NonClosing extends FilterInputStream {
        NonClosing(InputStream in) {
            super(in);
        }

        @Override
        public void close() {
            // the exchange closes it at its end
        }
    }
}
