package dev.rollcall.wire;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.deser.std.FromStringDeserializer;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import java.io.CharConversionException;
import java.io.IOException;
import java.io.Serial;
import java.io.UncheckedIOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The one JSON mapper. Ignores the case of keys and unknown fields. In records, reads absent and {@code null} texts, lists
 * and maps as empty, and skips {@code null} elements. Writes instants in ISO 8601. Converts neither texts to numbers nor
 * fractions to whole numbers. Thread-safe.
 */
public final class Json {
    private static final JsonSetter.Value EMPTY_FOR_NULL = JsonSetter.Value.construct(Nulls.AS_EMPTY, Nulls.SKIP);
    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_PROPERTIES)
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            // keys are compared in lower case, and Turkish has a small i of its own
            .defaultLocale(Locale.ROOT)
            .addModule(new SimpleModule()
                    .addSerializer(Instant.class, ToStringSerializer.instance)
                    .addDeserializer(Instant.class, new InstantReader()))
            // absent and null read as empty; null elements are skipped
            .withConfigOverride(String.class, type -> type.setSetterInfo(EMPTY_FOR_NULL))
            .withConfigOverride(List.class, type -> type.setSetterInfo(EMPTY_FOR_NULL))
            .withConfigOverride(Map.class, type -> type.setSetterInfo(EMPTY_FOR_NULL))
            .build();

    private Json() {}

    /** Returns a value as compact JSON in UTF-8. */
    public static byte[] bytes(Object value) {
        try {
            return MAPPER.writeValueAsBytes(value);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException("a value of " + value.getClass() + " has no JSON", e);
        }
    }

    /** Returns a value as compact JSON. */
    public static String text(Object value) {
        try {
            return MAPPER.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException("a value of " + value.getClass() + " has no JSON", e);
        }
    }

    /**
     * Parses a JSON text.
     *
     * @throws MalformedJsonException if the text is broken or does not fit the type; the message is fit for the client
     */
    public static <T> T read(byte[] json, Class<T> type) throws MalformedJsonException {
        return read(json, MAPPER.constructType(type));
    }

    /** Like {@link #read(byte[], Class)}, for a text. */
    public static <T> T read(String json, Class<T> type) throws MalformedJsonException {
        return read(json.getBytes(java.nio.charset.StandardCharsets.UTF_8), type);
    }

    /** Like {@link #read(byte[], Class)}, for an array. */
    public static <T> List<T> readList(byte[] json, Class<T> elements) throws MalformedJsonException {
        return read(json, MAPPER.getTypeFactory().constructCollectionType(List.class, elements));
    }

    /**
     * Like {@link #readList}, but skips elements that do not fit, and {@code null}.
     *
     * @param skipped gets a text with place and reason for each skipped element, also for elements of nested lists that
     *     {@link LenientElements} reads
     * @throws MalformedJsonException if the text is broken or no array, or none of its elements fits
     */
    public static <T> List<T> readEach(byte[] json, Class<T> elements, Consumer<String> skipped)
            throws MalformedJsonException {
        var reader = MAPPER.readerFor(elements)
                .without(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .withAttribute(LenientElements.class, skipped);
        try (var parser = new NumberParser(MAPPER.createParser(json))) {
            if (parser.nextToken() != JsonToken.START_ARRAY) {
                throw new MalformedJsonException("an array is expected");
            }
            var array = parser.getParsingContext();
            var list = new ArrayList<T>();
            @Nullable MalformedJsonException misfit = null;
            for (var token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
                if (token == null) {
                    throw new MalformedJsonException("the array has no end");
                }
                var index = array.getCurrentIndex();
                try {
                    T element = token == JsonToken.VALUE_NULL ? null : reader.readValue(parser);
                    if (element != null) {
                        list.add(element);
                    }
                } catch (JsonMappingException e) {
                    LenientElements.skipTo(parser, array, e);
                    misfit = new MalformedJsonException(e, "");
                    skipped.accept("[" + index + "] " + misfit.detail());
                }
            }
            if (parser.nextToken() != null) {
                throw new MalformedJsonException("something stands behind the array");
            }
            if (list.isEmpty() && misfit != null) {
                throw misfit;
            }
            return list;
        } catch (JsonProcessingException e) {
            throw new MalformedJsonException(e, "");
        } catch (MalformedJsonException e) {
            throw e;
        } catch (CharConversionException e) {
            // zero bytes in front make the parser take it for UTF-16 or UTF-32
            throw new MalformedJsonException("no JSON in UTF-8");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Like {@link #read(byte[], Class)}, but skips elements that do not fit in lists read by {@link LenientElements}. */
    public static <T> T read(byte[] json, Class<T> type, Consumer<String> skipped) throws MalformedJsonException {
        return read(json, MAPPER.readerFor(type).withAttribute(LenientElements.class, skipped));
    }

    /** Returns a reader for many values of one type, for hot paths. */
    public static ObjectReader readerOf(Class<?> type) {
        return MAPPER.readerFor(type);
    }

    /** Returns a writer for many values of one type, for hot paths. */
    public static ObjectWriter writerOf(Class<?> type) {
        return MAPPER.writerFor(type);
    }

    @SuppressWarnings("TypeParameterUnusedInFormals") // the two callers made the type from a class of T
    private static <T> T read(byte[] json, JavaType type) throws MalformedJsonException {
        return read(json, MAPPER.readerFor(type));
    }

    @SuppressWarnings("TypeParameterUnusedInFormals") // the callers made the reader from a class of T
    private static <T> T read(byte[] json, ObjectReader reader) throws MalformedJsonException {
        T value;
        try (var parser = new NumberParser(MAPPER.createParser(json))) {
            value = read(parser, reader);
        } catch (MalformedJsonException e) {
            throw e;
        } catch (CharConversionException e) {
            // zero bytes in front make the parser take it for UTF-16 or UTF-32
            throw new MalformedJsonException("no JSON in UTF-8");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (value == null) {
            throw new MalformedJsonException("null where a value is expected");
        }
        return value;
    }

    @SuppressWarnings("TypeParameterUnusedInFormals") // as above
    private static <T> T read(JsonParser parser, ObjectReader reader) throws IOException {
        try {
            return reader.readValue(parser);
        } catch (JsonProcessingException e) {
            throw new MalformedJsonException(e, Objects.requireNonNullElse(parser.currentName(), ""));
        }
    }

    private static final class InstantReader extends FromStringDeserializer<Instant> {
        @Serial
        private static final long serialVersionUID = 1;

        InstantReader() {
            super(Instant.class);
        }

        @Override
        protected Instant _deserialize(String value, DeserializationContext context) throws IOException {
            try {
                return TimeText.parse(value);
            } catch (DateTimeException e) {
                var reason = new IllegalArgumentException("not an ISO 8601 time", e);
                throw JsonMappingException.from(context, reason.getMessage(), reason);
            }
        }
    }
}
