package dev.rollcall.registry.outgoing;

import dev.rollcall.benchmarks.Caller;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;

/** The registry's own {@link SelectorOutgoing}, for the comparison with its alternatives. */
public final class OwnCaller implements Caller {
    private static final Duration LIMIT = Duration.ofSeconds(20);

    private final SelectorOutgoing outgoing;

    /** Creates and starts it. */
    public OwnCaller() throws IOException {
        outgoing = new SelectorOutgoing(origin -> {});
        outgoing.start();
    }

    @Override
    public void post(Iterable<URI> addresses, Map<String, String> headers, byte[] body, Callback callback) {
        var payload = Outgoing.Payload.of(headers, body);
        for (var address : addresses) {
            outgoing.send(
                    new Outgoing.Request("POST", address, payload),
                    LIMIT,
                    result -> callback.onResponse(
                            result instanceof Outgoing.Result.Responded known && known.status() == 200));
        }
    }

    @Override
    public void close() {
        outgoing.close();
    }
}
