package dev.rollcall.benchmarks;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;

/** A caller on {@link HttpClient} with its defaults, except HTTP/2, which the receiver does not speak. */
final class JdkCaller implements Caller {
    private static final Duration LIMIT = Duration.ofSeconds(20);

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @Override
    public void post(Iterable<URI> addresses, Map<String, String> headers, byte[] body, Callback callback) {
        for (var address : addresses) {
            var request = HttpRequest.newBuilder(address).timeout(LIMIT).POST(BodyPublishers.ofByteArray(body));
            headers.forEach(request::header);
            var unused = client.sendAsync(request.build(), BodyHandlers.discarding())
                    .whenComplete((response, thrown) ->
                            callback.onResponse(response != null && response.statusCode() == 200));
        }
    }

    @Override
    public void close() {
        // it ends with its process: before 21 it has no close
    }
}
