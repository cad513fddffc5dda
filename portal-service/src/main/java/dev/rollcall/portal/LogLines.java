package dev.rollcall.portal;

import dev.rollcall.wire.Json;
import dev.rollcall.wire.LogRecord;
import dev.rollcall.wire.MalformedJsonException;
import java.util.ArrayList;

/** Reads log records, one JSON object a line; a broken line doesn't spoil the others. */
final class LogLines {
    private LogLines() {}

    static Section<LogRecord> read(String lines) {
        var records = new ArrayList<LogRecord>();
        var unreadable = 0;
        for (var line : lines.split("\n", -1)) {
            if (line.isBlank()) {
                continue;
            }
            try {
                records.add(Json.read(line, LogRecord.class));
            } catch (MalformedJsonException e) {
                unreadable++;
            }
        }
        if (unreadable > 0) {
            return new Section<>(records, unreadable + " of the lines that the log service gave can't be read.");
        }
        return records.isEmpty() ? Section.without("Nothing has been logged yet.") : Section.of(records);
    }
}
