package dev.rollcall.system.testkit;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A registry's response to {@code GET /services}. */
public record Roll(List<Entry> entries) {
    /** Copies the list. */
    public Roll {
        entries = List.copyOf(entries);
    }

    /** Queries the roll. */
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

    /** Returns the URLs on the roll. */
    public List<String> urls() {
        return entries.stream().map(Entry::url).toList();
    }

    /** Returns an instance's health; empty if it isn't on the roll. */
    public Optional<String> health(String url) {
        return entries.stream()
                .filter(e -> e.url().equals(url))
                .map(Entry::health)
                .findFirst();
    }

    /** One instance; {@code missing} counts the required services without a provider. */
    public record Entry(String name, String url, String health, int missing) {}
}
