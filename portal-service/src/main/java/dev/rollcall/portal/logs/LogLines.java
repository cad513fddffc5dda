package dev.rollcall.portal.logs;

import dev.rollcall.portal.page.Section;
import dev.rollcall.wire.MalformedJsonException;
import java.util.ArrayList;

/** Parses log records, one JSON object per line; malformed lines are skipped and counted. */
final class LogLines {
    private LogLines() {}

    static Section<LogLine> read(String lines) {
        var records = new ArrayList<LogLine>();
        var unreadable = 0;
        for (var line : lines.split("\n", -1)) {
            if (line.isBlank()) {
                continue;
            }
            try {
                records.add(LogLine.read(line));
            } catch (MalformedJsonException e) {
                unreadable++;
            }
        }
        if (unreadable > 0) {
            return new Section<>(records, unreadable + " of the lines that the log service gave can't be read.");
        }
        return records.isEmpty() ? Section.without("No lines.") : Section.of(records);
    }
}
