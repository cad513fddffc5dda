package dev.rollcall.grading;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.UpperCamelCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import dev.rollcall.grading.book.Gradebook;
import dev.rollcall.http.ProblemException;
import dev.rollcall.http.Request;
import dev.rollcall.http.Response;
import dev.rollcall.http.Routes;
import dev.rollcall.wire.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** The HTTP route that makes a backup of the gradebook. */
final class BackupRoutes {
    private static final DateTimeFormatter NAME = DateTimeFormatter.ofPattern(
                    "'grades-'yyyyMMdd'T'HHmmssSSSSSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private final Gradebook gradebook;
    private final InstantSource clock;

    BackupRoutes(Gradebook gradebook, InstantSource clock) {
        this.gradebook = gradebook;
        this.clock = clock;
    }

    Routes routes() {
        return Routes.NONE.post("/backup", Responses.mapErrors(this::backup));
    }

    private Response backup(Request request) throws IOException {
        var file = gradebook
                .backup(NAME.format(clock.instant()))
                .orElseThrow(() -> new ProblemException(Problem.of(
                        501, "Not implemented", "this gradebook is in PostgreSQL; its pg_dump makes backups")));
        return Response.json(201, new Backup(file.toString(), Files.size(file)));
    }

    @JsonNaming(UpperCamelCaseStrategy.class)
    private record Backup(String file, long bytes) {}
}
