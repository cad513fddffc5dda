package dev.rollcall.system.plain;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rollcall.wire.Json;
import dev.rollcall.wire.MalformedJsonException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** A patch of the plain layer. */
public record PlainPatch(List<Entry> added, List<Entry> removed) {
    /** Copies the lists. */
    public PlainPatch {
        added = List.copyOf(added);
        removed = List.copyOf(removed);
    }

    /** Returns a patch that adds a provider. */
    public static PlainPatch added(Entry... entries) {
        return new PlainPatch(List.of(entries), List.of());
    }

    /** Returns a patch that removes a provider. */
    public static PlainPatch removed(Entry... entries) {
        return new PlainPatch(List.of(), List.of(entries));
    }

    static PlainPatch read(String json) throws MalformedJsonException {
        var node = Json.read(json, JsonNode.class);
        return new PlainPatch(entries(node.path("Added")), entries(node.path("Removed")));
    }

    /** Returns the wire form. */
    public String json() {
        return "{\"Added\":" + json(added) + ",\"Removed\":" + json(removed) + "}";
    }

    private static List<Entry> entries(JsonNode list) {
        var entries = new ArrayList<Entry>();
        list.forEach(e ->
                entries.add(new Entry(e.path("Name").asText(), e.path("URL").asText())));
        return entries;
    }

    private static String json(List<Entry> entries) {
        return entries.stream()
                .map(e -> "{\"Name\":\"" + e.name() + "\",\"URL\":\"" + e.url() + "\"}")
                .collect(Collectors.joining(",", "[", "]"));
    }

    /** One provider. */
    public record Entry(String name, String url) {}
}
