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

/** Queries the registry. A failure is a note in the result, not an exception. */
final class RollClient {
    private final RegistryClient registry;
    private final LenientList lenientInstances = new LenientList();
    private final LenientList lenientChanges = new LenientList();

    RollClient(RegistryClient registry) {
        this.registry = registry;
    }

    /** Returns all current instances. */
    QueryResult query() {
        try {
            var response = registry.call(ClientRequest.get("/services"));
            if (response.status() != 200) {
                return QueryResult.without(refusal(response));
            }
            return new QueryResult(
                    "",
                    response.header(RegistryHeaders.EPOCH).orElse(""),
                    revision(response),
                    lenientInstances.read("GET /services", response.body(), Instance.class));
        } catch (CallFailedException e) {
            return QueryResult.without("The registry does not answer. Known instances keep working without it; "
                    + "new instances appear when it is back.");
        } catch (MalformedJsonException e) {
            return QueryResult.without("The registry's answer can't be read: " + e.detail());
        }
    }

    /** Returns the latest changes; empty if the registry doesn't report them. */
    List<RollChange> changes(int max) {
        try {
            var response =
                    registry.call(ClientRequest.get("/events?limit=" + max).with("Accept", "application/json"));
            return response.status() == 200
                    ? lenientChanges.read("GET /events", response.body(), RollChange.class)
                    : List.of();
        } catch (CallFailedException | MalformedJsonException e) {
            return List.of();
        }
    }

    /** Returns the registry's own health reasons; empty if it has or reports none. */
    List<String> healthReasons() {
        var reasons = new ArrayList<String>();
        try {
            var response = registry.call(ClientRequest.get("/health"));
            if (response.status() == 200) {
                for (var reason : Json.read(response.body(), JsonNode.class).path("reasons")) {
                    reasons.add(reason.asText());
                }
            }
        } catch (CallFailedException | MalformedJsonException e) {
            // the query reports a registry that doesn't respond
            return List.of();
        }
        return reasons;
    }

    private static long revision(ClientResponse response) {
        try {
            return Long.parseLong(response.header(RegistryHeaders.REVISION).orElse("0"));
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    private static String refusal(ClientResponse response) {
        return response.status() == 404 || response.status() == 405
                ? "This registry doesn't list its registrations (it answered " + response.status()
                        + "): it speaks the plain protocol only."
                : "The registry can't list its registrations. " + ProblemReader.reason(response);
    }

    /** The registry's response, or a note why there is none. */
    record QueryResult(String note, String epoch, long revision, List<Instance> instances) {
        static QueryResult without(String note) {
            return new QueryResult(note, "", 0, List.of());
        }

        boolean isAvailable() {
            return note.isEmpty();
        }
    }
}
