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
 * {@code GET /students} as the plain layer has it: written once for each revision, as long as it isn't large; a large
 * one is written anew for each who asks, and never is in memory as a whole. Thread-safe.
 */
final class PlainList {
    /** About 50 bytes each. */
    private static final long KEPT_GRADES_MAX = 20_000;

    private static final ObjectWriter WRITER = Json.writerOf(PlainStudent.class);

    private final Gradebook gradebook;
    private volatile @Nullable Kept kept;

    PlainList(Gradebook gradebook) {
        this.gradebook = gradebook;
    }

    Response answer(Request request) {
        var known = kept;
        if (known == null || known.revision() != gradebook.revision()) {
            known = cached(gradebook.roster());
        }
        return EntityTags.isKnown(request, known.tag())
                ? Response.empty(304).with("ETag", known.tag())
                : known.answer();
    }

    private Kept cached(Roster roster) {
        var tag = "\"" + roster.revision() + '"';
        if (roster.grades() > KEPT_GRADES_MAX) {
            var stream = Response.stream(200, "application/json", out -> write(roster, out));
            return new Kept(roster.revision(), tag, stream.with("ETag", tag));
        }
        var bytes = new ByteArrayOutputStream();
        try {
            write(roster, bytes);
        } catch (IOException e) {
            throw new UncheckedIOException("memory takes no bytes", e);
        }
        var response =
                Response.bytes(200, "application/json", bytes.toByteArray()).with("ETag", tag);
        var made = new Kept(roster.revision(), tag, response);
        kept = made;
        return made;
    }

    private static void write(Roster roster, OutputStream out) throws IOException {
        try (var array = WRITER.writeValuesAsArray(new UnclosedOutput(out))) {
            roster.eachPlain(student -> {
                try {
                    array.write(student);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
    }

    private record Kept(long revision, String tag, Response answer) {}
}
