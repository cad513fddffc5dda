package dev.rollcall.portal.live;

import dev.rollcall.http.client.HostAddresses;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.Map;

/** Opens streams of server-sent events over one shared client. Thread-safe. */
public final class EventClient {
    private static final Duration CONNECT_LIMIT = Duration.ofSeconds(1);

    private final HostAddresses hosts = new HostAddresses();
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(CONNECT_LIMIT)
            .build();

    /** Starts to read a stream. Other threads call the listener, one at a time. */
    public EventReader open(URI from, Map<String, String> headers, EventReader.Listener listener) {
        return EventReader.open(client, hosts, from, headers, listener);
    }
}
