package dev.rollcall.registry.core;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.rollcall.wire.Registration;
import java.net.URI;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Bounds the memory that one registration takes. Its text is kept on the roll, in the history, in patches and on pages,
 * so each byte counts several times.
 */
public final class RegistrationBounds {
    /** Our own services take less than 1 KiB; a service with more to publish puts a URL into its metadata. */
    public static final int METADATA_BYTES_MAX = 4 << 10;

    /** As long as a ServiceURL, and within a server's usual limit for a request line. */
    static final int URL_BYTES_MAX = 2_000;

    /** Some hundred names of usual length; each is looked up whenever a provider comes or goes. */
    static final int REQUIRES_BYTES_MAX = 16 << 10;

    private RegistrationBounds() {}

    /** Returns why a registration is refused; empty if it is within the bounds. */
    public static Optional<String> excess(Registration registration) {
        return tooLong("ServiceURL", registration.url().value(), URL_BYTES_MAX)
                .or(() -> tooLong("ServiceUpdateURL", text(registration.updateUrl()), URL_BYTES_MAX))
                .or(() -> tooLong("HeartbeatURL", text(registration.heartbeatUrl()), URL_BYTES_MAX))
                .or(() -> tooMany("RequiredServices", requiresBytes(registration), REQUIRES_BYTES_MAX))
                .or(() -> tooMany("Metadata", metadataBytes(registration), METADATA_BYTES_MAX));
    }

    /**
     * Returns what is kept of a registration recorded before there were bounds: without its metadata if that is too
     * long. What is needed to probe and notify it stays.
     */
    static Registration withinBounds(Registration registration) {
        return metadataBytes(registration) <= METADATA_BYTES_MAX ? registration : registration.withoutMetadata();
    }

    /** Returns the length of all texts of a registration in UTF-8. */
    public static long bytes(Registration registration) {
        return bytes(registration.name().value())
                + bytes(registration.url().value())
                + bytes(text(registration.updateUrl()))
                + bytes(text(registration.heartbeatUrl()))
                + bytes(registration.instanceId())
                + requiresBytes(registration)
                + metadataBytes(registration);
    }

    private static long requiresBytes(Registration registration) {
        return registration.requires().stream()
                .mapToLong(name -> bytes(name.value()))
                .sum();
    }

    private static long metadataBytes(Registration registration) {
        return registration.metadata().entrySet().stream()
                .mapToLong(entry -> bytes(entry.getKey()) + bytes(entry.getValue()))
                .sum();
    }

    private static Optional<String> tooLong(String what, String text, int max) {
        return bytes(text) > max
                ? Optional.of(what + " is " + bytes(text) + " bytes long; at most " + max + " are allowed")
                : Optional.empty();
    }

    private static Optional<String> tooMany(String what, long bytes, int max) {
        return bytes > max
                ? Optional.of(what + " holds " + bytes + " bytes of text; at most " + max + " are allowed")
                : Optional.empty();
    }

    private static String text(@Nullable URI uri) {
        return uri == null ? "" : uri.toString();
    }

    private static long bytes(String text) {
        return text.getBytes(UTF_8).length;
    }
}
