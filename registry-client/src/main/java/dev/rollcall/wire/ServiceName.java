package dev.rollcall.wire;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/**
 * The name of a service (the kind, not an instance), as in registrations and patches.
 *
 * @param value 1 to 200 characters, not blank, without control characters
 */
public record ServiceName(@JsonValue String value) implements Comparable<ServiceName> {
    /** The registry, in its own log records. */
    public static final ServiceName REGISTRY = new ServiceName("RegistryService");
    /** The log service. */
    public static final ServiceName LOG = new ServiceName("LogService");
    /** The grading service. */
    public static final ServiceName GRADING = new ServiceName("GradingService");
    /** The portal. */
    public static final ServiceName PORTAL = new ServiceName("PortalService");

    private static final int LENGTH_MAX = 200;

    /** Throws {@link IllegalArgumentException} if the value is no service name. */
    @JsonCreator
    public ServiceName {
        if (value == null || value.isBlank()) {
            throw new IllegalArgumentException("a service name must not be blank");
        }
        if (value.length() > LENGTH_MAX || value.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException(
                    "a service name has at most " + LENGTH_MAX + " characters, none of them a control character");
        }
    }

    @Override
    public int compareTo(ServiceName other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
