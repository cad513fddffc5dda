package dev.rollcall.shipping;

import dev.rollcall.http.client.HostAddresses;
import dev.rollcall.shipping.DeliveryResult.NoResponse;
import dev.rollcall.shipping.DeliveryResult.Refused;
import dev.rollcall.shipping.DeliveryResult.Responded;
import dev.rollcall.wire.Json;
import dev.rollcall.wire.LogRecord;
import dev.rollcall.wire.MalformedJsonException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpClient.Version;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import java.util.zip.GZIPOutputStream;

/** Sends log requests as {@code POST /log} and reads the responses. */
final class LogRequestSender implements AutoCloseable {
    private static final String PATH = "/log";
    private static final int CLIENT_THREADS = 2;
    private static final Pattern NUMBER = Pattern.compile("\\d{1,18}");

    private final int gzipBytesMin;
    private final ExecutorService threads;
    private final HttpClient client;
    private final HostAddresses hosts = new HostAddresses();

    LogRequestSender(ShippingPace pace) {
        this.gzipBytesMin = pace.gzipBytesMin();
        this.threads =
                Executors.newFixedThreadPool(CLIENT_THREADS, task -> new ShippingThread(task, "log-shipping-http"));
        // plain services speak HTTP/1.1 only, and an upgrade offer with each request would disturb some
        this.client = HttpClient.newBuilder()
                .version(Version.HTTP_1_1)
                .followRedirects(Redirect.NEVER)
                .connectTimeout(pace.requestLimit())
                .executor(threads)
                .build();
    }

    /**
     * Sends a request and waits for the whole response. The HTTP client's own timeout would end with the response head.
     *
     * @throws InterruptedException if interrupted, which cancels the request
     */
    DeliveryResult send(LogRequest logRequest, Duration limit) throws InterruptedException {
        var deadline = System.nanoTime() + limit.toNanos();
        URI to;
        try {
            to = hosts.callable(logRequest.to().resolve(PATH), limit);
        } catch (UnknownHostException | IllegalArgumentException e) {
            return new Refused(String.valueOf(e.getMessage()));
        }
        var response = client.sendAsync(requestOf(logRequest, to), info -> new DiscardedBody());
        try {
            return read(response.get(deadline - System.nanoTime(), TimeUnit.NANOSECONDS));
        } catch (ExecutionException e) {
            var reason = String.valueOf(e.getCause());
            return e.getCause() instanceof ConnectException ? new Refused(reason) : new NoResponse(reason);
        } catch (TimeoutException e) {
            return new NoResponse("no answer within " + limit.toMillis() + " ms");
        } finally {
            response.cancel(true);
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }

    private HttpRequest requestOf(LogRequest logRequest, URI to) {
        var request = HttpRequest.newBuilder(to)
                .header("Log-Producer", logRequest.origin().producer())
                .header("Log-Sequence", logRequest.sequences());
        if (logRequest.form() != RecordForm.BATCH) {
            return request.header("Content-Type", "text/plain")
                    .POST(BodyPublishers.ofByteArray(
                            plainBody(logRequest, request).getBytes(StandardCharsets.UTF_8)))
                    .build();
        }
        var lines = linesOf(logRequest);
        request.header("Content-Type", "application/x-ndjson");
        if (lines.length <= gzipBytesMin) {
            return request.POST(BodyPublishers.ofByteArray(lines)).build();
        }
        return request.header("Content-Encoding", "gzip")
                .POST(BodyPublishers.ofByteArray(gzipped(lines)))
                .build();
    }

    private static byte[] json(LogRequest logRequest, SpillEntry spillEntry) {
        return spillEntry instanceof DroppedRange droppedRange
                ? Json.bytes(logRequest.origin().recordOf(droppedRange))
                : ((EncodedRecord) spillEntry).json();
    }

    private static String plainBody(LogRequest logRequest, HttpRequest.Builder request) {
        var json = json(logRequest, logRequest.entries().get(0));
        try {
            var record = Json.read(json, LogRecord.class);
            var plain = PlainRecord.of(record);
            var header = RecordHeader.of(record);
            request.header(RecordHeader.NAME, header.value());
            if (header.isCut()) {
                request.header(PlainRecord.POSITIONS, plain.positions());
            }
            return plain.text();
        } catch (MalformedJsonException e) {
            // written by a later version
            return new String(json, StandardCharsets.UTF_8) + "\n";
        }
    }

    private static byte[] linesOf(LogRequest logRequest) {
        var lines = new ByteArrayOutputStream(64 << 10);
        for (var spillEntry : logRequest.entries()) {
            lines.writeBytes(json(logRequest, spillEntry));
            lines.write('\n');
        }
        return lines.toByteArray();
    }

    private static byte[] gzipped(byte[] content) {
        var bytes = new ByteArrayOutputStream(content.length / 4);
        try (var gzip = new GZIPOutputStream(bytes)) {
            gzip.write(content);
        } catch (IOException e) {
            throw new UncheckedIOException("memory can't be written", e);
        }
        return bytes.toByteArray();
    }

    private static Responded read(HttpResponse<?> response) {
        var headers = response.headers();
        return new Responded(
                response.statusCode(),
                number(headers, "Log-Ack"),
                // its other form, a date, counts as absent: no log service sends it
                number(headers, "Retry-After").stream()
                        .mapToObj(Duration::ofSeconds)
                        .findFirst());
    }

    private static OptionalLong number(HttpHeaders headers, String name) {
        Optional<String> value = headers.firstValue(name).map(String::strip);
        return value.filter(text -> NUMBER.matcher(text).matches())
                .map(text -> OptionalLong.of(Long.parseLong(text)))
                .orElse(OptionalLong.empty());
    }
}
