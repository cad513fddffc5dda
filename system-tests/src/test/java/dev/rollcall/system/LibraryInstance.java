package dev.rollcall.system;

import dev.rollcall.discovery.ProviderChoice;
import dev.rollcall.discovery.Providers;
import dev.rollcall.discovery.ReceivedPatch;
import dev.rollcall.discovery.ReceivedPatch.Revisions;
import dev.rollcall.discovery.RegistryClient;
import dev.rollcall.discovery.ServiceCaller;
import dev.rollcall.http.HttpHost;
import dev.rollcall.http.Request;
import dev.rollcall.http.Response;
import dev.rollcall.http.Routes;
import dev.rollcall.wire.HttpUrl;
import dev.rollcall.wire.Patch;
import dev.rollcall.wire.Registration;
import dev.rollcall.wire.RegistryHeaders;
import dev.rollcall.wire.ServiceName;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** A registered instance in the tests' own process, made of the library: an extended dependant and client. */
final class LibraryInstance implements AutoCloseable {
    private static final Duration CALL_LIMIT = Duration.ofSeconds(30);

    private final String id = UUID.randomUUID().toString();
    private final Providers providers = new Providers();
    private final HttpHost http;
    private final RegistryClient registry;
    private final HttpUrl url;

    private LibraryInstance(String registryUrl) throws IOException {
        this.registry = new RegistryClient(List.of(HttpUrl.of(registryUrl)), CALL_LIMIT);
        this.http = HttpHost.onFreePort(
                Routes.NONE.get("/heartbeat", this::heartbeat).post("/services", this::patch));
        this.url = HttpUrl.of("http://localhost:" + http.port());
    }

    /** Returns an instance that is on the roll and has received its providers. */
    static LibraryInstance registered(String registryUrl, String name, String... requires) throws IOException {
        var instance = new LibraryInstance(registryUrl);
        instance.registry.register(new Registration(
                new ServiceName(name),
                instance.url,
                List.of(requires).stream().map(ServiceName::new).toList(),
                instance.url.resolve("/services"),
                instance.url.resolve("/heartbeat"),
                instance.id,
                Registration.EXTENDED,
                Map.of()));
        return instance;
    }

    /** Returns the providers in its view. */
    Providers providers() {
        return providers;
    }

    /** Calls the providers. */
    ServiceCaller caller() {
        return new ServiceCaller(providers, ProviderChoice.powerOfTwo(), System::nanoTime, CALL_LIMIT, CALL_LIMIT);
    }

    @Override
    public void close() {
        http.close();
    }

    private Response heartbeat(Request request) {
        var response = Response.empty(200).with(RegistryHeaders.INSTANCE, id);
        return providers
                .revision()
                .map(view -> response.with(RegistryHeaders.VIEW, view))
                .orElse(response);
    }

    private Response patch(Request request) throws IOException {
        var revisions = new Revisions(
                request.header(RegistryHeaders.EPOCH).orElseThrow(),
                Long.parseLong(request.header(RegistryHeaders.REVISION).orElseThrow()),
                Long.parseLong(request.header(RegistryHeaders.PREVIOUS_REVISION).orElseThrow()));
        var isSnapshot = request.header(RegistryHeaders.PATCH).equals(Optional.of(RegistryHeaders.SNAPSHOT));
        var patch = new ReceivedPatch(request.json(Patch.class), Optional.of(revisions), isSnapshot);
        return Response.empty(providers.apply(patch) ? 200 : 409);
    }
}
