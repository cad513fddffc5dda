package dev.rollcall.benchmarks;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** The load generator wrk (github.com/wg/wrk), which must be installed: one thread, 32 connections. */
final class Wrk {
    private static final Pattern RATE = Pattern.compile("Requests/sec:\\s+([0-9.]+)");
    private static final Pattern FAILED = Pattern.compile("Non-2xx or 3xx responses: (\\d+)|Socket errors: (.*)");

    private static final int WARM_SECONDS = 3;
    private static final int WARM_STRETCHES_MAX = 8;
    private static final double WARM_GAIN = 1.05;

    private Wrk() {}

    /** Returns the requests per second; throws unless every response is a success. */
    static double rate(String url, int seconds) throws IOException, InterruptedException {
        return run(url, seconds, List.of());
    }

    /**
     * Sends requests until the rate no longer rises: the JVM's compilers use the same cores for the first 10 to 20
     * seconds.
     */
    static void warm(String url) throws IOException, InterruptedException {
        var before = 0.0;
        for (var i = 0; i < WARM_STRETCHES_MAX; i++) {
            var rate = rate(url, WARM_SECONDS);
            if (rate < before * WARM_GAIN) {
                return;
            }
            before = rate;
        }
    }

    /** Returns the rate for posts of JSON. */
    static double posts(Scratch scratch, String url, String json, int seconds)
            throws IOException, InterruptedException {
        var script = scratch.resolve("post.lua");
        Files.writeString(
                script,
                "wrk.method = \"POST\"\nwrk.headers[\"Content-Type\"] = \"application/json\"\nwrk.body = '" + json
                        + "'\n");
        return run(url, seconds, List.of("-s", script.toString()));
    }

    /** Returns the rate for a list whose page size differs in each request, so that no two queries are equal. */
    static double various(Scratch scratch, String url, int seconds) throws IOException, InterruptedException {
        var script = scratch.resolve("various.lua");
        Files.writeString(
                script,
                "n = 0\nrequest = function()\n  n = (n + 1) % 400\n  return wrk.format(\"GET\", wrk.path .. \"?size=\" .. (50"
                        + " + n))\nend\n");
        return run(url, seconds, List.of("-s", script.toString()));
    }

    private static double run(String url, int seconds, List<String> more) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of("wrk", "-t1", "-c32", "-d" + seconds + "s"));
        command.addAll(more);
        command.add(url);
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        var rate = RATE.matcher(output);
        if (process.waitFor() != 0 || !rate.find() || FAILED.matcher(output).find()) {
            throw new IOException("wrk reports for " + url + ": " + output);
        }
        return Double.parseDouble(rate.group(1));
    }
}
