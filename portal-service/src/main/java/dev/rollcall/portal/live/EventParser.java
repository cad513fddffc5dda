package dev.rollcall.portal.live;

import java.util.Optional;
import java.util.regex.Pattern;

/** Parses the lines of a stream into events (HTML, 9.2.6). Not thread-safe. */
final class EventParser {
    private static final int DATA_MAX = 64 << 20;
    private static final Pattern ID = Pattern.compile("[ -~]{0,200}");

    private final StringBuilder data = new StringBuilder();
    private String name = "";
    private String id = "";
    private boolean hasData;

    /** Returns the event that this line completes; empty within one. */
    Optional<ServerEvent> parse(String line) {
        if (line.isEmpty()) {
            return finish();
        }
        var colon = line.indexOf(':');
        var field = colon < 0 ? line : line.substring(0, colon);
        var value = colon < 0 ? "" : line.substring(line.startsWith(" ", colon + 1) ? colon + 2 : colon + 1);
        switch (field) {
            case "event" -> name = value;
            case "id" -> {
                // the id is sent again as a header
                if (ID.matcher(value).matches()) {
                    id = value;
                }
            }
            case "data" -> add(value);
            default -> {
                // a comment or an unknown field
            }
        }
        return Optional.empty();
    }

    private void add(String value) {
        if (data.length() + value.length() > DATA_MAX) {
            throw new IllegalArgumentException("an event is larger than " + DATA_MAX + " characters");
        }
        if (hasData) {
            data.append('\n');
        }
        data.append(value);
        hasData = true;
    }

    private Optional<ServerEvent> finish() {
        var event = hasData
                ? Optional.of(new ServerEvent(name.isEmpty() ? "message" : name, id, data.toString()))
                : Optional.<ServerEvent>empty();
        data.setLength(0);
        hasData = false;
        name = "";
        return event;
    }
}
