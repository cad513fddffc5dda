package dev.rollcall.benchmarks;

import dev.rollcall.registry.outgoing.OwnCaller;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A {@link Caller} in a process of its own, as the registry's is. It posts to all addresses once per byte of standard
 * input.
 */
final class CallerProcess {
    private static final long ROUND_SECONDS = 20;
    private static final int CONNECTING_MAX = 250;
    private static final Map<String, String> HEADERS = headers();
    private static final byte[] BODY = ("{\"Added\":[{\"Name\":\"Provided\",\"URL\":\"http://127.19.250.250:40000\","
                    + "\"InstanceId\":\"0b4a4c2e-7d56-4f0e-9d0a-3f0e7d564c2e\"}],\"Removed\":[]}")
            .getBytes(StandardCharsets.UTF_8);

    private CallerProcess() {}

    /** Runs the process. Arguments: the caller, the receiver's port, the number of dependants. */
    static void run(String[] args) throws Exception {
        var addresses = addresses(Integer.parseInt(args[1]), Integer.parseInt(args[2]));
        try (var caller = caller(args[0])) {
            for (var from = 0; from < addresses.size(); from += CONNECTING_MAX) {
                round(caller, addresses.subList(from, Math.min(addresses.size(), from + CONNECTING_MAX)));
            }
            System.out.println(BareSender.CONNECTED);
            while (System.in.read() >= 0) {
                round(caller, addresses);
            }
        }
    }

    /** Returns the request for a bare sender, equal to the callers'. */
    static byte[] request() {
        var head = new StringBuilder("POST /services HTTP/1.1\r\nHost: 127.16.1.1:40000\r\n");
        HEADERS.forEach(
                (name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
        head.append("Content-Length: ").append(BODY.length).append("\r\n\r\n");
        head.append(new String(BODY, StandardCharsets.UTF_8));
        return head.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static Caller caller(String name) throws IOException {
        return switch (name) {
            case "own" -> new OwnCaller();
            case "core-1" -> new CoreCaller(1);
            case "core-2" -> new CoreCaller(2);
            case "jdk" -> new JdkCaller();
            default -> throw new IOException("there is no caller " + name);
        };
    }

    private static void round(Caller caller, List<URI> addresses) throws IOException, InterruptedException {
        var missing = new CountDownLatch(addresses.size());
        var failed = new AtomicInteger();
        caller.post(addresses, HEADERS, BODY, ok -> {
            if (!ok) {
                failed.incrementAndGet();
            }
            missing.countDown();
        });
        if (!missing.await(ROUND_SECONDS, TimeUnit.SECONDS) || failed.get() > 0) {
            throw new IOException(missing.getCount() + " responses are missing, and " + failed + " posts failed");
        }
    }

    private static List<URI> addresses(int port, int count) {
        var addresses = new ArrayList<URI>();
        for (var i = 0; i < count; i++) {
            addresses.add(URI.create("http://" + Loopback.of(i) + ":" + port + "/services"));
        }
        return addresses;
    }

    private static Map<String, String> headers() {
        var headers = new LinkedHashMap<String, String>();
        headers.put("Registry-Epoch", "5b1d8f0a-93c4-4c2f-8a51-6f2f0f1f9a77");
        headers.put("Registry-Revision", "1002003");
        headers.put("Content-Type", "application/json");
        headers.put("Registry-Previous-Revision", "1002002");
        return headers;
    }
}
