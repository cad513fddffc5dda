package dev.rollcall.portal.system;

import dev.rollcall.portal.live.ServerEvent;
import dev.rollcall.portal.page.LenientList;
import dev.rollcall.wire.Json;
import dev.rollcall.wire.MalformedJsonException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;

/** The known state of the roll, from queries and from the watch. Thread-safe. */
final class KnownRoll {
    private final LenientList lenientInstances = new LenientList();
    private Roll roll = Roll.EMPTY;
    private String note = "";
    private List<String> healthReasons = List.of();
    private String lastId = "";

    synchronized SystemView view(Instant now) {
        return new SystemView(now, roll, note, healthReasons);
    }

    /** Returns the id of the last applied event, from which a watch resumes; may be empty. */
    synchronized String lastId() {
        return lastId;
    }

    /** Applies the result of a query. */
    synchronized void update(RollClient.QueryResult queryResult, List<RollChange> changes, List<String> newReasons) {
        note = queryResult.note();
        healthReasons = List.copyOf(newReasons);
        if (queryResult.isAvailable()) {
            roll = roll.withSnapshot(queryResult.epoch(), queryResult.revision(), queryResult.instances())
                    .withChanges(changes);
        }
    }

    /** Applies an event of the watch. */
    synchronized void apply(ServerEvent event) throws MalformedJsonException {
        lastId = event.id();
        switch (event.name()) {
            case "snapshot" -> {
                var colon = lastId.lastIndexOf(':');
                var epoch = colon < 0 ? "" : lastId.substring(0, colon);
                var instances = lenientInstances.read(
                        "GET /services/watch", event.data().getBytes(StandardCharsets.UTF_8), Instance.class);
                roll = roll.withSnapshot(epoch, revision(lastId.substring(colon + 1)), instances);
                note = "";
            }
            case "change" ->
                roll = roll.with(Json.read(event.data(), RollChange.class), Json.read(event.data(), Instance.class));
            default -> {
                // a bookmark or an unknown event
            }
        }
    }

    private static long revision(String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            return 0;
        }
    }
}
