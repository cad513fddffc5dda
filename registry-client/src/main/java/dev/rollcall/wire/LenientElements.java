package dev.rollcall.wire;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonStreamContext;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.exc.StreamReadException;
import com.fasterxml.jackson.databind.BeanProperty;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.deser.ContextualDeserializer;
import java.io.IOException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads an element that does not fit as {@code null}, so that the rest of its list is read:
 * {@code @JsonDeserialize(contentUsing = LenientElements.class)}. Applies to the lenient methods of {@link Json}, which
 * report such elements; for all others they are an error. Broken JSON always is one.
 */
public final class LenientElements extends JsonDeserializer<@Nullable Object> implements ContextualDeserializer {
    private final @Nullable JsonDeserializer<Object> element;

    /** Creates one without a type; {@link #createContextual} creates those that read. */
    public LenientElements() {
        this(null);
    }

    private LenientElements(@Nullable JsonDeserializer<Object> element) {
        this.element = element;
    }

    @Override
    public JsonDeserializer<?> createContextual(DeserializationContext context, BeanProperty property)
            throws JsonMappingException {
        return new LenientElements(context.findContextualValueDeserializer(context.getContextualType(), property));
    }

    @Override
    public @Nullable Object deserialize(JsonParser parser, DeserializationContext context) throws IOException {
        if (element == null) {
            throw new IllegalStateException("it is made by the mapper, for a type");
        }
        var isNested =
                parser.currentToken() == JsonToken.START_OBJECT || parser.currentToken() == JsonToken.START_ARRAY;
        var list = isNested ? parser.getParsingContext().getParent() : parser.getParsingContext();
        try {
            return element.deserialize(parser, context);
        } catch (JsonMappingException e) {
            if (!(context.getAttribute(LenientElements.class) instanceof Consumer<?> skipped)) {
                throw e;
            }
            skipTo(parser, list, e);
            report(skipped, list.pathAsPointer().toString() + ' ' + new MalformedJsonException(e, "").detail());
            return null;
        }
    }

    @SuppressWarnings("unchecked") // set by Json only
    private static void report(Consumer<?> skipped, String reason) {
        ((Consumer<String>) skipped).accept(reason);
    }

    /** Skips the rest of an element that does not fit; throws if the JSON itself is broken. */
    @SuppressWarnings("ReferenceEquality") // it is one context for the whole of a list
    static void skipTo(JsonParser parser, JsonStreamContext list, JsonMappingException misfit) throws IOException {
        for (var cause = misfit.getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof StreamReadException || cause instanceof StreamConstraintsException) {
                throw misfit;
            }
        }
        while (parser.getParsingContext() != list) {
            if (parser.nextToken() == null) {
                throw misfit;
            }
        }
    }
}
