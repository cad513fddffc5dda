package dev.rollcall.portal.gradebook;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.rollcall.http.Request;
import dev.rollcall.http.TraceContext;
import dev.rollcall.wire.Json;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads what belongs to one student. */
final class StudentReader {
    private static final int HISTORY_SHOWN = 100;

    private final GradingClient grading;

    StudentReader(GradingClient grading) {
        this.grading = grading;
    }

    /** The student whom a request's path names, as now; empty if there is none. */
    Optional<Student> student(Request request) throws IOException {
        var id = Ids.of(request, "id");
        if (id.isEmpty()) {
            return Optional.empty();
        }
        var reply = grading.now("/students/" + id.getAsLong(), request.trace());
        return reply.isPresent() ? Optional.of(Json.read(reply.get().body(), Student.class)) : Optional.empty();
    }

    /** A grade as now; empty if there is none. */
    Optional<Grade> grade(long student, long grade, TraceContext trace) throws IOException {
        var reply = grading.now("/students/" + student + "/grades/" + grade, trace);
        return reply.isPresent() ? Optional.of(Json.read(reply.get().body(), Grade.class)) : Optional.empty();
    }

    /** What was changed, newest first; empty if that can't be told. */
    List<HistoryEntry> history(long id, TraceContext trace) {
        try {
            var all = grading.listIfTold("/students/" + id + "/history", HistoryEntry.class, trace);
            return all.subList(0, Math.min(all.size(), HISTORY_SHOWN));
        } catch (IOException e) {
            return List.of();
        }
    }

    /** The kinds of work there are; those of the plain layer if the service doesn't tell. */
    List<String> types(TraceContext trace) {
        try {
            var told = grading.listIfTold("/types", Kind.class, trace).stream()
                    .map(Kind::name)
                    .filter(name -> !name.isEmpty())
                    .toList();
            return told.isEmpty() ? GradeForm.TYPES : told;
        } catch (IOException e) {
            return GradeForm.TYPES;
        }
    }

    /** A kind of work. */
    record Kind(String name) {
        @JsonCreator
        static Kind fromWire(@JsonProperty("Name") @Nullable String name) {
            return new Kind(name == null ? "" : name);
        }
    }
}
