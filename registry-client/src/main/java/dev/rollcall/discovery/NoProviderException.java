package dev.rollcall.discovery;

import dev.rollcall.wire.ServiceName;
import java.io.IOException;
import java.io.Serial;

/** Signals that no provider of a service is known. */
public final class NoProviderException extends IOException {
    @Serial
    private static final long serialVersionUID = 1;

    NoProviderException(ServiceName service) {
        super("there is no " + service);
    }
}
