package dev.rollcall.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class BodyLimitTest {
    private static final int LIMIT = (int) ServerLimits.DEFAULT.bodyBytesMax();

    private final HttpClient client = HttpClient.newHttpClient();
    private HttpHost http;

    @BeforeEach
    void start() throws IOException {
        http = HttpHost.onFreePort(Routes.NONE.post("/", request -> Response.json(200, request.body().length)));
    }

    @AfterEach
    void stop() {
        http.close();
    }

    @Test
    void givenABodyAtTheLimit_whenPosted_thenItIsRead() throws Exception {
        assertThat(post(new byte[LIMIT], "identity").body()).isEqualTo(Integer.toString(LIMIT));
        assertThat(post(gzipped(LIMIT), "gzip").body()).isEqualTo(Integer.toString(LIMIT));
    }

    @Test
    void givenABodyBeyondTheLimit_whenPosted_thenItIs413() throws Exception {
        var answer = post(new byte[LIMIT + 1], "identity");

        assertThat(answer.statusCode()).isEqualTo(413);
        assertThat(answer.headers().firstValue("Connection")).contains("close");
    }

    @Test
    void givenAGzipBomb_whenPosted_thenItIs413AtOnce() throws Exception {
        var answer = post(gzipped(64 << 20), "gzip");

        assertThat(answer.statusCode()).isEqualTo(413);
    }

    private HttpResponse<String> post(byte[] body, String coding) throws Exception {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + http.port() + "/"))
                .header("Content-Encoding", coding)
                .timeout(Duration.ofSeconds(30))
                .POST(BodyPublishers.ofByteArray(body))
                .build();
        return client.send(request, BodyHandlers.ofString());
    }

    private static byte[] gzipped(int zeros) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(bytes)) {
            gzip.write(new byte[zeros]);
        }
        return bytes.toByteArray();
    }
}
