package dev.rollcall.benchmarks;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** A grading service as a process, or a stand-in for it. */
final class GradingProcess implements AutoCloseable {
    private static final Pattern LISTENS = Pattern.compile("GradingService listens on (\\S+)\n");
    private static final Duration START_LIMIT = Duration.ofSeconds(30);
    private static final Duration REQUEST_LIMIT = Duration.ofMinutes(5);

    private final HttpClient http = HttpClient.newHttpClient();
    private final Child child;
    private final String url;

    private GradingProcess(Child child, String url) {
        this.child = child;
        this.url = url;
    }

    /** Starts the real jar with its data in a directory. */
    static GradingProcess start(Path jar, List<String> jvmOptions, Path data, Path output)
            throws IOException, InterruptedException {
        var arguments = new ArrayList<>(jvmOptions);
        arguments.addAll(List.of("-jar", jar.toString(), "--port", "0", "--body-max", "64MiB"));
        arguments.addAll(List.of("--registry", "http://localhost:9", "--data", data.toString()));
        arguments.addAll(List.of("--grades-max", "100000000"));
        return listening(Child.start(output, arguments));
    }

    /** Starts a server that responds with the content of a file. */
    static GradingProcess bare(List<String> jvmOptions, Path response, Path output)
            throws IOException, InterruptedException {
        return listening(Child.startSelf(output, jvmOptions, List.of("gradebook", response.toString())));
    }

    private static GradingProcess listening(Child child) throws IOException, InterruptedException {
        try {
            return new GradingProcess(
                    child, child.awaitLine(LISTENS, START_LIMIT).group(1));
        } catch (IOException | InterruptedException e) {
            child.close();
            throw e;
        }
    }

    String url() {
        return url;
    }

    long pid() {
        return child.pid();
    }

    HttpResponse<byte[]> get(String path) throws IOException, InterruptedException {
        return sent(HttpRequest.newBuilder(URI.create(url + path)).GET());
    }

    HttpResponse<byte[]> post(String path, String body) throws IOException, InterruptedException {
        return sent(HttpRequest.newBuilder(URI.create(url + path))
                .header("Content-Type", "text/csv")
                .POST(BodyPublishers.ofString(body)));
    }

    boolean stop() throws InterruptedException {
        return child.stop();
    }

    private HttpResponse<byte[]> sent(HttpRequest.Builder request) throws IOException, InterruptedException {
        var response = http.send(request.timeout(REQUEST_LIMIT).build(), BodyHandlers.ofByteArray());
        if (response.statusCode() / 100 != 2) {
            throw new IOException("the grading service responds with " + response.statusCode() + ": "
                    + new String(response.body(), java.nio.charset.StandardCharsets.UTF_8));
        }
        return response;
    }

    @Override
    public void close() {
        child.close();
    }
}
