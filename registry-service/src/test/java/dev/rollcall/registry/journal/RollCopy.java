package dev.rollcall.registry.journal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rollcall.registry.Events;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A watcher's copy of the roll, from snapshots and changes alone. */
public final class RollCopy {
    private final String name;
    private final Map<String, JsonNode> lines = new LinkedHashMap<>();

    /** Creates a copy of one service, or of all if the name is empty. */
    public RollCopy(String name) {
        this.name = name;
    }

    public void take(Events.Event event) {
        switch (event.name()) {
            case "snapshot" -> {
                lines.clear();
                event.data().forEach(this::put);
            }
            case "change" -> change(event.data());
            default -> {}
        }
    }

    private void change(JsonNode change) {
        var isGone =
                Set.of("deregistered", "forgotten").contains(change.get("Kind").asText());
        var isOther = !name.isEmpty() && !name.equals(change.get("ServiceName").asText());
        if (isGone || isOther) {
            lines.remove(change.get("ServiceURL").asText());
        } else {
            put(change);
        }
    }

    private void put(JsonNode line) {
        lines.put(line.get("ServiceURL").asText(), comparable(line));
    }

    public List<JsonNode> lines() {
        return List.copyOf(lines.values());
    }

    /** Removes what is not part of a revision, and what follows from the other lines. */
    public static JsonNode comparable(JsonNode line) {
        return ((ObjectNode) line.deepCopy())
                .remove(List.of("Revision", "Time", "Kind", "Reason", "LastAnswer", "Missing"));
    }
}
