package dev.rollcall.system.testkit;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a registry answers to {@code GET /services}. */
public record Roll(List<Entry> entries) {
    /** Copies. */
    public Roll {
        entries = List.copyOf(entries);
    }

    /** The roll as it is now. */
    public static Roll of(String registryUrl) throws IOException, InterruptedException {
        var entries = new ArrayList<Entry>();
        for (var line : Http.get(registryUrl + "/services").json()) {
            entries.add(new Entry(
                    line.get("ServiceName").asText(),
                    line.get("ServiceURL").asText(),
                    line.get("Health").asText(),
                    line.get("Missing").size()));
        }
        return new Roll(entries);
    }

    /** The URLs on it. */
    public List<String> urls() {
        return entries.stream().map(Entry::url).toList();
    }

    /** The health of an instance; empty if it isn't on the roll. */
    public Optional<String> health(String url) {
        return entries.stream()
                .filter(e -> e.url().equals(url))
                .map(Entry::health)
                .findFirst();
    }

    /** One instance; {@code missing} counts the services that it requires and nobody provides. */
    public record Entry(String name, String url, String health, int missing) {}
}
