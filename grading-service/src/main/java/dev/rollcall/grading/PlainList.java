package dev.rollcall.grading;

import com.fasterxml.jackson.databind.ObjectWriter;
import dev.rollcall.grading.book.Gradebook;
import dev.rollcall.grading.book.PlainStudent;
import dev.rollcall.grading.book.Roster;
import dev.rollcall.http.Request;
import dev.rollcall.http.Response;
import dev.rollcall.wire.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/**
 * Serves {@code GET /students} of the protocol's plain layer. A small list is serialised once per revision. A large one
 * is streamed for each request and never held in memory as a whole. Thread-safe.
 */
final class PlainList {
    /** A grade takes about 50 bytes of JSON. */
    private static final long CACHED_GRADES_MAX = 20_000;

    private static final ObjectWriter WRITER = Json.writerOf(PlainStudent.class);

    private final Gradebook gradebook;
    private volatile @Nullable Cached cached;

    PlainList(Gradebook gradebook) {
        this.gradebook = gradebook;
    }

    Response respond(Request request) {
        var list = cached;
        if (list == null || list.revision() != gradebook.revision()) {
            list = serialize(gradebook.roster());
        }
        return EntityTags.isNotModified(request, list.tag())
                ? Response.empty(304).with("ETag", list.tag())
                : list.response();
    }

    private Cached serialize(Roster roster) {
        var tag = "\"" + roster.revision() + '"';
        if (roster.grades() > CACHED_GRADES_MAX) {
            var stream = Response.stream(200, "application/json", out -> write(roster, out));
            return new Cached(roster.revision(), tag, stream.with("ETag", tag));
        }
        var bytes = new ByteArrayOutputStream();
        try {
            write(roster, bytes);
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory failed", e);
        }
        var response =
                Response.bytes(200, "application/json", bytes.toByteArray()).with("ETag", tag);
        var list = new Cached(roster.revision(), tag, response);
        cached = list;
        return list;
    }

    private static void write(Roster roster, OutputStream out) throws IOException {
        try (var array = WRITER.writeValuesAsArray(new UnclosedOutput(out))) {
            roster.forEachPlain(student -> {
                try {
                    array.write(student);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
    }

    private record Cached(long revision, String tag, Response response) {}
}
