package dev.rollcall.portal.gradebook;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.UpperCamelCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import dev.rollcall.http.Request;
import dev.rollcall.http.TraceContext;
import dev.rollcall.wire.Json;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Reads a student's resources. */
final class StudentReader {
    private static final int HISTORY_SHOWN = 100;

    private final GradingClient grading;

    StudentReader(GradingClient grading) {
        this.grading = grading;
    }

    /** Returns the current student that a request's path names; empty if there is none. */
    Optional<Student> student(Request request) throws IOException {
        var id = Ids.of(request, "id");
        if (id.isEmpty()) {
            return Optional.empty();
        }
        var response = grading.fetch("/students/" + id.getAsLong(), request.trace());
        return response.isPresent() ? Optional.of(Json.read(response.get().body(), Student.class)) : Optional.empty();
    }

    /** Returns a current grade; empty if there is none. */
    Optional<Grade> grade(long student, long grade, TraceContext trace) throws IOException {
        var response = grading.fetch("/students/" + student + "/grades/" + grade, trace);
        return response.isPresent() ? Optional.of(Json.read(response.get().body(), Grade.class)) : Optional.empty();
    }

    /** Returns the latest 100 changes, newest first; empty if the service doesn't have them. */
    List<HistoryEntry> history(long id, TraceContext trace) {
        try {
            var all = grading.listOrEmpty("/students/" + id + "/history", HistoryEntry.class, trace);
            return all.subList(0, Math.min(all.size(), HISTORY_SHOWN));
        } catch (IOException e) {
            return List.of();
        }
    }

    /** Returns the types of work; those of the plain protocol if the service doesn't list them. */
    List<String> types(TraceContext trace) {
        try {
            var names = grading.listOrEmpty("/types", Kind.class, trace).stream()
                    .map(Kind::name)
                    .filter(name -> !name.isEmpty())
                    .toList();
            return names.isEmpty() ? GradeForm.TYPES : names;
        } catch (IOException e) {
            return GradeForm.TYPES;
        }
    }

    @JsonNaming(UpperCamelCaseStrategy.class)
    record Kind(String name) {}
}
