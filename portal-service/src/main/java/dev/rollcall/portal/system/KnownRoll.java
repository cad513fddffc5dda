package dev.rollcall.portal.system;

import dev.rollcall.portal.live.ServerEvent;
import dev.rollcall.portal.page.LenientList;
import dev.rollcall.wire.Json;
import dev.rollcall.wire.MalformedJsonException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;

/** What is known of the roll, from both who is asked and who tells by himself. Thread-safe. */
final class KnownRoll {
    private final LenientList odd = new LenientList();
    private Roll roll = Roll.EMPTY;
    private String note = "";
    private List<String> doubts = List.of();
    private String lastId = "";

    synchronized SystemView view(Instant now) {
        return new SystemView(now, roll, note, doubts);
    }

    /** The last event that was taken, by which a watch is taken up again; empty if none was. */
    synchronized String lastId() {
        return lastId;
    }

    /** The registry answered, or didn't. */
    synchronized void answered(RollClient.Told told, List<RollChange> changes, List<String> newDoubts) {
        note = told.note();
        doubts = List.copyOf(newDoubts);
        if (told.isTold()) {
            roll = roll.updated(told.epoch(), told.revision(), told.instances()).happened(changes);
        }
    }

    /** The watch told something. */
    synchronized void apply(ServerEvent event) throws MalformedJsonException {
        lastId = event.id();
        switch (event.name()) {
            case "snapshot" -> {
                var colon = lastId.lastIndexOf(':');
                var epoch = colon < 0 ? "" : lastId.substring(0, colon);
                var instances =
                        odd.read("GET /services/watch", event.data().getBytes(StandardCharsets.UTF_8), Instance.class);
                roll = roll.updated(epoch, revision(lastId.substring(colon + 1)), instances);
                note = "";
            }
            case "change" ->
                roll = roll.changed(Json.read(event.data(), RollChange.class), Json.read(event.data(), Instance.class));
            default -> {
                // a bookmark, or something yet unknown
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
