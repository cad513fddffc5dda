package dev.rollcall.system.plain;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rollcall.system.testkit.Http;
import dev.rollcall.system.testkit.Reply;
import dev.rollcall.wire.Json;
import dev.rollcall.wire.MalformedJsonException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;

/** A registration of the plain layer; an absent URL is the empty string. */
public record PlainRegistration(String name, String url, List<String> requires, String updateUrl, String heartbeatUrl) {
    private static final String JSON = "application/json";

    /** Copies the lists. */
    public PlainRegistration {
        requires = List.copyOf(requires);
    }

    /** Returns a registration with all fields of the protocol's example. */
    public static PlainRegistration of(String name, String url, String... requires) {
        return new PlainRegistration(name, url, List.of(requires), url + "/services", url + "/heartbeat");
    }

    static PlainRegistration read(String json) throws MalformedJsonException {
        var node = Json.read(json, JsonNode.class);
        var requires = new ArrayList<String>();
        node.path("RequiredServices").forEach(service -> requires.add(service.asText()));
        return new PlainRegistration(
                node.path("ServiceName").asText(),
                node.path("ServiceURL").asText(),
                requires,
                node.path("ServiceUpdateURL").asText(),
                node.path("HeartbeatURL").asText());
    }

    /** Returns the wire form, in the protocol's order. */
    public String json() {
        var required = requires.stream().map(s -> '"' + s + '"').collect(Collectors.joining(",", "[", "]"));
        return "{\"ServiceName\":\"" + name + "\",\"ServiceURL\":\"" + url + "\",\"RequiredServices\":" + required
                + ",\"ServiceUpdateURL\":\"" + updateUrl + "\",\"HeartbeatURL\":\"" + heartbeatUrl + "\"}";
    }

    /** Registers. */
    public Reply sendTo(String registryUrl) throws IOException, InterruptedException {
        return Http.post(registryUrl + "/services", JSON, json());
    }

    /** Registers without waiting for the response. */
    public CompletableFuture<Reply> sendLaterTo(String registryUrl) {
        return Http.postLater(registryUrl + "/services", JSON, json());
    }

    /** Deregisters. */
    public Reply deregisterFrom(String registryUrl) throws IOException, InterruptedException {
        return Http.delete(registryUrl + "/services", url);
    }

    /** Deregisters without waiting for the response. */
    public CompletableFuture<Reply> deregisterLaterFrom(String registryUrl) {
        return Http.deleteLater(registryUrl + "/services", url);
    }
}
