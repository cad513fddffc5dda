package dev.rollcall.portal.system;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rollcall.discovery.CallFailedException;
import dev.rollcall.discovery.ClientRequest;
import dev.rollcall.discovery.ClientResponse;
import dev.rollcall.discovery.RegistryClient;
import dev.rollcall.portal.page.LenientList;
import dev.rollcall.portal.page.ProblemReader;
import dev.rollcall.wire.Json;
import dev.rollcall.wire.MalformedJsonException;
import dev.rollcall.wire.RegistryHeaders;
import java.util.ArrayList;
import java.util.List;

/** Asks the registry who is there. What can't be had is said, not thrown. */
final class RollClient {
    private final RegistryClient registry;
    private final LenientList odd = new LenientList();
    private final LenientList oddChanges = new LenientList();

    RollClient(RegistryClient registry) {
        this.registry = registry;
    }

    /** Everybody, right now. */
    Told query() {
        try {
            var clientResponse = registry.call(ClientRequest.get("/services"));
            if (clientResponse.status() != 200) {
                return Told.without(refusal(clientResponse));
            }
            return new Told(
                    "",
                    clientResponse.header(RegistryHeaders.EPOCH).orElse(""),
                    number(clientResponse),
                    odd.read("GET /services", clientResponse.body(), Instance.class));
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
            var clientResponse =
                    registry.call(ClientRequest.get("/events?limit=" + max).with("Accept", "application/json"));
            return clientResponse.status() == 200
                    ? oddChanges.read("GET /events", clientResponse.body(), RollChange.class)
                    : List.of();
        } catch (CallFailedException | MalformedJsonException e) {
            return List.of();
        }
    }

    /** Its own doubts; empty if it has none, or tells none. */
    List<String> healthReasons() {
        var doubts = new ArrayList<String>();
        try {
            var clientResponse = registry.call(ClientRequest.get("/health"));
            if (clientResponse.status() == 200) {
                for (var reason :
                        Json.read(clientResponse.body(), JsonNode.class).path("reasons")) {
                    doubts.add(reason.asText());
                }
            }
        } catch (CallFailedException | MalformedJsonException e) {
            // that it doesn't answer is said elsewhere
            return List.of();
        }
        return doubts;
    }

    private static long number(ClientResponse clientResponse) {
        try {
            return Long.parseLong(
                    clientResponse.header(RegistryHeaders.REVISION).orElse("0"));
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    private static String refusal(ClientResponse clientResponse) {
        return clientResponse.status() == 404 || clientResponse.status() == 405
                ? "This registry doesn't tell who is registered (it answered " + clientResponse.status()
                        + "): it speaks the plain protocol only."
                : "The registry can't tell who is registered. " + ProblemReader.reason(clientResponse);
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
