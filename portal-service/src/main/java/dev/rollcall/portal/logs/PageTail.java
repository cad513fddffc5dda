package dev.rollcall.portal.logs;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rollcall.http.LiveStream;
import dev.rollcall.portal.live.EventReader;
import dev.rollcall.portal.live.ServerEvent;
import dev.rollcall.portal.page.Pages;
import dev.rollcall.wire.Json;
import dev.rollcall.wire.MalformedJsonException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A page that follows the log. It buffers the log service's lines until the next flush, a few times a second, and drops
 * what exceeds a page. Thread-safe.
 */
final class PageTail implements EventReader.Listener {
    private static final Logger LOG = LoggerFactory.getLogger(PageTail.class);
    private static final int LINES_MAX = 60;

    private final LiveStream stream;
    private final Runnable onEnd;
    private final PageTailQueue queue = new PageTailQueue(LINES_MAX);
    private String lastId = "";
    private @Nullable EventReader reader;
    private boolean isClosed;

    /**
     * Creates a tail.
     *
     * @param stream the page's stream
     * @param lastId the id of the page's last record; may be empty
     * @param onEnd called when the log service ends the stream
     */
    PageTail(LiveStream stream, String lastId, Runnable onEnd) {
        this.stream = stream;
        this.lastId = lastId;
        this.onEnd = onEnd;
    }

    synchronized String lastId() {
        return lastId;
    }

    /** Starts to receive from a reader. */
    synchronized void attach(EventReader given) {
        if (isClosed) {
            given.close();
        } else {
            reader = given;
        }
    }

    /** Closes a stream that was silent for too long, without even a comment; returns whether it did. */
    synchronized boolean closeIfSilent(Duration silence) {
        if (isClosed || reader == null || reader.silence().compareTo(silence) < 0) {
            return false;
        }
        reader.close();
        reader = null;
        return true;
    }

    /** Stops the tail; the page's stream is closed. */
    synchronized void close() {
        isClosed = true;
        if (reader != null) {
            reader.close();
        }
    }

    synchronized boolean isClosed() {
        return isClosed;
    }

    @Override
    public void onOpen() {
        state("following");
    }

    @Override
    public synchronized void onEvent(ServerEvent event) {
        if (event.name().equals("missed")) {
            queue.missed(number(event, "missed"));
        } else if (event.name().equals("unreadable")) {
            queue.missed(number(event, "unreadable"));
        } else {
            queue.add(event.data());
            lastId = event.id().isEmpty() ? lastId : event.id();
        }
    }

    @Override
    public void onEnd(int status) {
        state(status == 200 || status == 0 || status == 503 ? "waiting" : "unable");
        if (status == 200 || status == 0 || status == 503) {
            onEnd.run();
        }
    }

    /** Sends the buffered lines to the page; returns whether there were any. */
    boolean flush() {
        PageTailQueue.Batch batch;
        String id;
        synchronized (this) {
            batch = queue.drain();
            id = lastId;
        }
        if (batch.isEmpty()) {
            return false;
        }
        var html = new StringBuilder();
        for (var line : batch.lines()) {
            try {
                html.append(Pages.piece("logs/line", LogLine.read(line)));
            } catch (MalformedJsonException e) {
                LOG.atDebug().setCause(e).log("a followed line can't be read");
            }
        }
        var event = new String(
                ServerEvent.bytes(
                        "lines",
                        Map.of("html", html.toString(), "count", batch.lines().size(), "skipped", batch.skipped())),
                StandardCharsets.UTF_8);
        stream.offer(((id.isEmpty() ? "" : "id: " + id + "\n") + event).getBytes(StandardCharsets.UTF_8));
        return true;
    }

    void state(String state) {
        stream.offer(ServerEvent.bytes("state", List.of(state)));
    }

    private static long number(ServerEvent event, String field) {
        try {
            return Json.read(event.data(), JsonNode.class).path(field).asLong();
        } catch (MalformedJsonException e) {
            return 0;
        }
    }
}
