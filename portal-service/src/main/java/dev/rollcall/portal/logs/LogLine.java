package dev.rollcall.portal.logs;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rollcall.wire.Json;
import dev.rollcall.wire.LogRecord;
import dev.rollcall.wire.MalformedJsonException;
import dev.rollcall.wire.Severity;

/**
 * A record of the log as the log service tells it.
 *
 * @param id by which it is found again; empty from a log service that gives none
 * @param record what was logged
 */
public record LogLine(String id, LogRecord record) {
    /** Reads one; throws {@link MalformedJsonException} if it isn't one. */
    static LogLine read(String json) throws MalformedJsonException {
        return new LogLine(Json.read(json, JsonNode.class).path("id").asText(""), Json.read(json, LogRecord.class));
    }

    /** The level; INFO stands for a plain record's, which tells none. */
    public String level() {
        return record.level().isEmpty() ? "–" : record.level();
    }

    /** How loud its level is shown. */
    public String loudness() {
        return switch (Severity.of(record.level())) {
            case ERROR -> "loud error";
            case WARN -> "loud";
            default -> "quiet";
        };
    }
}
