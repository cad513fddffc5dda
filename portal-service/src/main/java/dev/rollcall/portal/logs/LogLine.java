package dev.rollcall.portal.logs;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rollcall.wire.Json;
import dev.rollcall.wire.LogRecord;
import dev.rollcall.wire.MalformedJsonException;
import dev.rollcall.wire.Severity;

/**
 * A log record as the log service sends it.
 *
 * @param id the record's id; empty from a log service without ids
 * @param record what was logged
 */
public record LogLine(String id, LogRecord record) {
    /** Parses a record; throws {@link MalformedJsonException} if it is malformed. */
    static LogLine read(String json) throws MalformedJsonException {
        return new LogLine(Json.read(json, JsonNode.class).path("id").asText(""), Json.read(json, LogRecord.class));
    }

    /** Returns the level; a dash for a plain record, which has none. */
    public String level() {
        return record.level().isEmpty() ? "–" : record.level();
    }

    /** Returns the CSS class of the level. */
    public String cssClass() {
        return switch (Severity.of(record.level())) {
            case ERROR -> "loud error";
            case WARN -> "loud";
            default -> "quiet";
        };
    }
}
