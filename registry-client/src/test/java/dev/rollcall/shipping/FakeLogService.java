package dev.rollcall.shipping;

import dev.rollcall.http.HttpHost;
import dev.rollcall.http.Request;
import dev.rollcall.http.Response;
import dev.rollcall.http.Routes;
import dev.rollcall.http.ServerLimits;
import dev.rollcall.wire.HttpUrl;
import dev.rollcall.wire.Json;
import dev.rollcall.wire.LogRecord;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** A log service on a real port that plays one role after the other. */
final class FakeLogService implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final HttpHost http;
    private final List<Post> posts = new ArrayList<>();
    private final List<String> messages = new ArrayList<>();
    private final Map<String, Long> lastSequences = new LinkedHashMap<>();
    private final Map<String, Long> received = new HashMap<>();
    private final Map<String, Long> dropped = new HashMap<>();
    private Role role;

    private FakeLogService(int port, Role role) throws IOException {
        this.role = role;
        this.http = HttpHost.bind(new InetSocketAddress("127.0.0.1", port), ServerLimits.DEFAULT);
        http.start(Routes.NONE.post("/log", this::play));
    }

    static FakeLogService playing(Role role) throws IOException {
        return new FakeLogService(0, role);
    }

    static FakeLogService onPort(int port, Role role) throws IOException {
        return new FakeLogService(port, role);
    }

    HttpUrl url() {
        return HttpUrl.of("http://127.0.0.1:" + http.port());
    }

    int port() {
        return http.port();
    }

    synchronized void nowPlays(Role next) {
        role = next;
    }

    /** Returns the stored records in order: each once, if it is an extended one. */
    synchronized List<String> messages() {
        return List.copyOf(messages);
    }

    synchronized List<Post> posts() {
        return List.copyOf(posts);
    }

    /** Of many. */
    synchronized void forgetPosts() {
        posts.clear();
    }

    /** Waits until the stored messages match; returns them as they are then, or at the limit. */
    synchronized List<String> awaitMessages(Predicate<List<String>> wanted) throws InterruptedException {
        await(() -> wanted.test(messages));
        return messages();
    }

    /** Waits for a number of requests. */
    synchronized List<Post> awaitPosts(int count) throws InterruptedException {
        await(() -> posts.size() >= count);
        return posts();
    }

    @Override
    public void close() {
        http.close();
    }

    private void await(Supplier<Boolean> condition) throws InterruptedException {
        var end = System.nanoTime() + LIMIT.toNanos();
        while (!condition.get() && System.nanoTime() - end < 0) {
            wait(100);
        }
    }

    private synchronized Response play(Request request) throws IOException {
        var post = new Post(
                request.contentType(),
                request.header("Content-Encoding").orElse(""),
                request.header("Log-Producer").orElse(""),
                request.header("Log-Sequence").orElse(""),
                request.header("Log-Record").orElse(""),
                request.header("Log-Text").orElse(""),
                request.text());
        posts.add(post);
        notifyAll();
        return role.answer(post, this);
    }

    /** Stores as Rollcall's does: the new records of a producer, once; returns how far it has stored. */
    synchronized long store(Post post) {
        var last = lastSequences.getOrDefault(post.producer(), post.first() - 1);
        var first = post.first();
        for (var sent : post.records()) {
            var through = sent.sequence() > 0 ? sent.sequence() : first;
            var gap = sent.dropped();
            var from = gap == null ? through : gap.from();
            if (from != first || through < from) {
                throw new IllegalArgumentException("expected " + first + ", got " + from + " to " + through);
            }
            if (through > last) {
                messages.add(sent.message());
                if (gap == null) {
                    received.merge(post.producer(), 1L, Long::sum);
                } else {
                    dropped.merge(post.producer(), gap.count(), Long::sum);
                }
                last = through;
            }
            first = through + 1;
        }
        if (post.isBatch() && first != post.last() + 1) {
            throw new IllegalArgumentException("the lines reach to " + (first - 1) + ", not to " + post.last());
        }
        lastSequences.put(post.producer(), last);
        return last;
    }

    /** Returns the number of a producer's stored records, announced drops aside. */
    synchronized long received(String producer) {
        return received.getOrDefault(producer, 0L);
    }

    /** Returns the number of records that a producer announced as dropped. */
    synchronized long dropped(String producer) {
        return dropped.getOrDefault(producer, 0L);
    }

    /** Returns the records of all producers in order of arrival. */
    synchronized Map<String, Long> lastSequences() {
        return new LinkedHashMap<>(lastSequences);
    }

    /** Stores as plain ones do: every record received. */
    synchronized void append(Post post) {
        messages.add(post.body());
    }

    /** How it responds. */
    @FunctionalInterface
    interface Role {
        /** Supports batches and acknowledges. */
        Role EXTENDED = (post, service) -> {
            synchronized (service) {
                var last = service.lastSequences.get(post.producer());
                return last != null && post.first() > last + 1
                        ? Response.empty(409).with("Log-Ack", Long.toString(last))
                        : Response.empty(200).with("Log-Ack", Long.toString(service.store(post)));
            }
        };
        /** Supports the plain layer only. */
        Role PLAIN = (post, service) -> {
            service.append(post);
            return Response.empty(200);
        };
        /** Stores, and cuts the connection before the response is sent. */
        Role ACK_LOST = (post, service) -> {
            service.store(post);
            return Response.stream(200, "text/plain", out -> {
                throw new IOException("cut");
            });
        };

        /** Only responds. */
        static Role answering(Response response) {
            return (post, service) -> response;
        }

        /** Plays a role once, and another one from then on. */
        static Role once(Role first, Role then) {
            return (post, service) -> {
                service.nowPlays(then);
                return first.answer(post, service);
            };
        }

        Response answer(Post post, FakeLogService service) throws IOException;
    }

    record Post(
            String contentType,
            String coding,
            String producer,
            String sequence,
            String record,
            String places,
            String body) {
        boolean isBatch() {
            return contentType.equals("application/x-ndjson");
        }

        long first() {
            return Long.parseLong(sequence.split("-")[0]);
        }

        long last() {
            return Long.parseLong(sequence.split("-")[1]);
        }

        List<String> messages() {
            return records().stream().map(LogRecord::message).toList();
        }

        List<LogRecord> records() {
            if (isBatch()) {
                return body.lines().map(Post::read).toList();
            }
            return record.isEmpty()
                    ? List.of(LogRecord.plain(Instant.EPOCH, "", body.strip().replaceFirst("^\\[[^]]*] - ", "")))
                    : List.of(read(record));
        }

        private static LogRecord read(String line) {
            try {
                return Json.read(line, LogRecord.class);
            } catch (IOException e) {
                throw new IllegalArgumentException(line, e);
            }
        }
    }
}
