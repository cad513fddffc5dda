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

/** A registration of the plain layer; an absent URL is the empty text. */
public record PlainRegistration(String name, String url, List<String> requires, String updateUrl, String heartbeatUrl) {
    private static final String JSON = "application/json";

    /** Copies. */
    public PlainRegistration {
        requires = List.copyOf(requires);
    }

    /** With everything that the protocol's example has. */
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

    /** As it goes over the wire, in the protocol's order. */
    public String json() {
        var required = requires.stream().map(s -> '"' + s + '"').collect(Collectors.joining(",", "[", "]"));
        return "{\"ServiceName\":\"" + name + "\",\"ServiceURL\":\"" + url + "\",\"RequiredServices\":" + required
                + ",\"ServiceUpdateURL\":\"" + updateUrl + "\",\"HeartbeatURL\":\"" + heartbeatUrl + "\"}";
    }

    /** Sends it. */
    public Reply sendTo(String registryUrl) throws IOException, InterruptedException {
        return Http.post(registryUrl + "/services", JSON, json());
    }

    /** Sends it, and doesn't wait for the answer. */
    public CompletableFuture<Reply> sendLaterTo(String registryUrl) {
        return Http.postLater(registryUrl + "/services", JSON, json());
    }

    /** Takes it back. */
    public Reply deregisterFrom(String registryUrl) throws IOException, InterruptedException {
        return Http.delete(registryUrl + "/services", url);
    }

    /** Takes it back, and doesn't wait for the answer. */
    public CompletableFuture<Reply> deregisterLaterFrom(String registryUrl) {
        return Http.deleteLater(registryUrl + "/services", url);
    }
}
