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

/** One request, as a handler sees it. Not thread-safe. */
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

    /** GET, POST …; HEAD requests come to GET handlers. */
    public String method() {
        return exchange.getRequestMethod();
    }

    /** The path as it was sent, still percent-encoded, without the query. */
    public String path() {
        return exchange.getRequestURI().getRawPath();
    }

    /** What stood in the path in place of {@code {name}}, decoded; the route's template must have it. */
    public String pathValue(String name) {
        var value = pathValues.get(name);
        if (value == null) {
            throw new IllegalArgumentException("the route has no {" + name + "}");
        }
        return value;
    }

    /** A query parameter, decoded; the first of several of one name; empty if it is absent. */
    public Optional<String> query(String name) {
        if (query == null) {
            query = parameters(exchange.getRequestURI().getRawQuery());
        }
        return Optional.ofNullable(query.get(name));
    }

    /**
     * A query parameter that is a whole number.
     *
     * @throws ProblemException if it is there and not a number from {@code min} to {@code max}
     */
    public int queryNumber(String name, int otherwise, int min, int max) {
        var text = query(name);
        if (text.isEmpty()) {
            return otherwise;
        }
        var number = WholeNumber.parse(text.get());
        if (number.isEmpty() || number.getAsLong() < min || number.getAsLong() > max) {
            throw ProblemException.badRequest(name + " is a whole number from " + min + " to " + max);
        }
        return (int) number.getAsLong();
    }

    /** A request header; empty if it is absent. */
    public Optional<String> header(String name) {
        return Optional.ofNullable(exchange.getRequestHeaders().getFirst(name));
    }

    /** The media type of the body in lower case, without parameters; empty if there is none. */
    public String contentType() {
        var type = header("Content-Type").orElse("");
        var end = type.indexOf(';');
        return (end < 0 ? type : type.substring(0, end)).strip().toLowerCase(Locale.ROOT);
    }

    /** Where this request stands in its trace. */
    public TraceContext trace() {
        return trace;
    }

    /**
     * The whole body, decompressed if it was sent with gzip; the same array each time, which nobody changes.
     *
     * @throws ProblemException 413 if it is larger than the limit, 415 for a coding other than gzip, 400 for broken gzip
     *     or a body that ends early
     */
    public byte[] body() throws IOException {
        if (body == null) {
            body = read();
        }
        return body;
    }

    /**
     * Reads the whole body into memory of the caller's, in place of {@link #body} and once; so one who reads large bodies
     * again and again leaves no garbage.
     *
     * @return how long it is
     * @throws ProblemException as {@link #body} does, and 413 also if it is longer than the memory
     */
    public int body(byte[] into) throws IOException {
        return read((in, length) -> fill(in, length, into));
    }

    private byte[] read() throws IOException {
        return read(this::limited);
    }

    private <T> T read(Reading<T> reading) throws IOException {
        var length = header("Content-Length").map(Request::lengthOf).orElse(0L);
        if (length > bodyBytesMax) {
            throw ProblemException.tooLarge(bodyBytesMax);
        }
        var coding = header("Content-Encoding").orElse("identity").toLowerCase(Locale.ROOT);
        CompensatingPool.isWaitingForCaller(true);
        try {
            return switch (coding) {
                case "identity", "" -> reading.of(exchange.getRequestBody(), length);
                case "gzip", "x-gzip" -> gunzipped(exchange.getRequestBody(), reading);
                default -> throw ProblemException.unsupported("Content-Encoding may be gzip, not " + coding);
            };
        } catch (IOException e) {
            // the caller's doing, unlike an IOException of a handler's own
            throw ProblemException.badRequest("the body did not come whole");
        } finally {
            CompensatingPool.isWaitingForCaller(false);
        }
    }

    /** The whole body as UTF-8 text. */
    public String text() throws IOException {
        return new String(body(), StandardCharsets.UTF_8);
    }

    /**
     * The value that the JSON body stands for.
     *
     * @throws ProblemException 400 if it is broken or doesn't fit the type
     */
    public <T> T json(Class<T> type) throws IOException {
        try {
            return Json.read(body(), type);
        } catch (MalformedJsonException e) {
            throw ProblemException.badRequest(e.detail());
        }
    }

    /**
     * Like {@link #json(Class)}, without the elements of lists that don't fit.
     *
     * @param skipped is told of each, in words that say where and why
     */
    public <T> T json(Class<T> type, Consumer<String> skipped) throws IOException {
        try {
            return Json.read(body(), type, skipped);
        } catch (MalformedJsonException e) {
            throw ProblemException.badRequest(e.detail());
        }
    }

    /** The fields of a body of {@code application/x-www-form-urlencoded}; the first of several of one name. */
    public Map<String, String> form() throws IOException {
        // one char a byte, which is what percent-encoding stands for too
        return parameters(new String(body(), StandardCharsets.ISO_8859_1));
    }

    private static <T> T gunzipped(InputStream compressed, Reading<T> reading) throws IOException {
        try (var plain = new GZIPInputStream(new Unclosed(compressed), 8_192)) {
            return reading.of(plain, 0);
        } catch (ZipException | EOFException e) {
            throw ProblemException.badRequest("the body is not the gzip that Content-Encoding says");
        }
    }

    /**
     * All of it.
     *
     * @param length how much there is, 0 if that isn't known
     */
    private byte[] limited(InputStream in, long length) throws IOException {
        var max = (int) Math.min(bodyBytesMax, Integer.MAX_VALUE - 16);
        if (length > 0 && length <= max && header("Transfer-Encoding").isEmpty()) {
            // leaves as much garbage as it is long, and not a buffer of 8 KiB
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

    /** Makes something of a body's bytes, of which so many are said to come; 0 if nothing is said. */
    @FunctionalInterface
    private interface Reading<T> {
        T of(InputStream in, long length) throws IOException;
    }

    /** Leaves the body open, since what is too large is still to be read to some extent before the answer. */
    private static final class Unclosed extends FilterInputStream {
        Unclosed(InputStream in) {
            super(in);
        }

        @Override
        public void close() {
            // the exchange closes it at its end
        }
    }
}
