package dev.rollcall.portal.system;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rollcall.discovery.Call;
import dev.rollcall.discovery.CallFailedException;
import dev.rollcall.discovery.RegistryClient;
import dev.rollcall.discovery.Reply;
import dev.rollcall.portal.page.OddEntries;
import dev.rollcall.portal.page.Refusal;
import dev.rollcall.wire.Json;
import dev.rollcall.wire.MalformedJsonException;
import dev.rollcall.wire.RegistryHeaders;
import java.util.ArrayList;
import java.util.List;

/** Asks the registry who is there. What can't be had is said, not thrown. */
final class RegistryAsker {
    private final RegistryClient registry;
    private final OddEntries odd = new OddEntries();
    private final OddEntries oddChanges = new OddEntries();

    RegistryAsker(RegistryClient registry) {
        this.registry = registry;
    }

    /** Everybody, right now. */
    Told ask() {
        try {
            var reply = registry.call(Call.get("/services"));
            if (reply.status() != 200) {
                return Told.without(refusal(reply));
            }
            return new Told(
                    "",
                    reply.header(RegistryHeaders.EPOCH).orElse(""),
                    number(reply),
                    odd.read("GET /services", reply.body(), Instance.class));
        } catch (CallFailedException e) {
            return Told.without("The registry does not answer. What was known before goes on working without it; "
                    + "newcomers will be known when it is back.");
        } catch (MalformedJsonException e) {
            return Told.without("The registry's answer can't be read: " + e.detail());
        }
    }

    /** What happened last; empty if that isn't told. */
    List<RollChange> changes(int max) {
        try {
            var reply = registry.call(Call.get("/events?limit=" + max).with("Accept", "application/json"));
            return reply.status() == 200 ? oddChanges.read("GET /events", reply.body(), RollChange.class) : List.of();
        } catch (CallFailedException | MalformedJsonException e) {
            return List.of();
        }
    }

    /** Its own doubts; empty if it has none, or tells none. */
    List<String> doubts() {
        var doubts = new ArrayList<String>();
        try {
            var reply = registry.call(Call.get("/health"));
            if (reply.status() == 200) {
                for (var reason : Json.read(reply.body(), JsonNode.class).path("reasons")) {
                    doubts.add(reason.asText());
                }
            }
        } catch (CallFailedException | MalformedJsonException e) {
            // that it doesn't answer is said elsewhere
            return List.of();
        }
        return doubts;
    }

    private static long number(Reply reply) {
        try {
            return Long.parseLong(reply.header(RegistryHeaders.REVISION).orElse("0"));
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    private static String refusal(Reply reply) {
        return reply.status() == 404 || reply.status() == 405
                ? "This registry doesn't tell who is registered (it answered " + reply.status()
                        + "): it speaks the plain protocol only."
                : "The registry can't tell who is registered. " + Refusal.reason(reply);
    }

    /** What it told, or why it didn't. */
    record Told(String note, String epoch, long revision, List<Instance> instances) {
        static Told without(String note) {
            return new Told(note, "", 0, List.of());
        }

        boolean isTold() {
            return note.isEmpty();
        }
    }
}
