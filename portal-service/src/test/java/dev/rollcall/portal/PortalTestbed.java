package dev.rollcall.portal;

import dev.rollcall.discovery.ProviderChoice;
import dev.rollcall.discovery.Providers;
import dev.rollcall.discovery.ReceivedPatch;
import dev.rollcall.discovery.RegistryClient;
import dev.rollcall.discovery.ServiceCaller;
import dev.rollcall.http.HttpHost;
import dev.rollcall.http.Response;
import dev.rollcall.http.Routes;
import dev.rollcall.portal.logs.PageTails;
import dev.rollcall.portal.system.RollWatch;
import dev.rollcall.wire.HttpUrl;
import dev.rollcall.wire.Patch;
import dev.rollcall.wire.Provider;
import dev.rollcall.wire.ServiceName;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow.Subscriber;
import java.util.concurrent.Flow.Subscription;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.Collectors;

/** A portal on a real port, with servers as the other services; tests give their routes. */
final class PortalTestbed implements AutoCloseable {
    static final Instant NOW = Instant.parse("2026-11-22T09:15:37Z");
    private static final Duration CALL_LIMIT = Duration.ofSeconds(30);
    /** The call limit where a service stalls. */
    private static final Duration CALL_LIMIT_SHORT = Duration.ofMillis(500);

    private final HttpClient client = HttpClient.newHttpClient();
    private final Providers providers = new Providers();
    private final List<HttpHost> hosts = new ArrayList<>();
    private final List<CompletableFuture<?>> followed = new ArrayList<>();
    private final HttpHost registry;
    private final RollWatch watch;
    private final PageTails pageTails;
    private final HttpHost portal;

    private PortalTestbed(Routes registryRoutes, Duration callLimit) throws IOException {
        registry = HttpHost.onFreePort(registryRoutes);
        var caller = new ServiceCaller(
                providers, ProviderChoice.roundRobin(), System::nanoTime, callLimit, Duration.ofSeconds(5));
        watch = new RollWatch(new RegistryClient(List.of(url(registry)), callLimit), () -> NOW);
        pageTails = new PageTails(providers);
        portal = HttpHost.onFreePort(PortalService.routes(caller, providers, watch, pageTails, () -> NOW));
    }

    /** Starts a portal with only a plain registry. */
    static PortalTestbed alone() throws IOException {
        return new PortalTestbed(plainRegistry(), CALL_LIMIT);
    }

    static PortalTestbed withRegistry(Routes routes) throws IOException {
        return new PortalTestbed(routes, CALL_LIMIT);
    }

    static PortalTestbed withGrading(Routes routes) throws IOException {
        var testbed = alone();
        testbed.start(ServiceName.GRADING, routes);
        return testbed;
    }

    /** Starts a portal with a short call limit, for a stalling grading service. */
    static PortalTestbed withStallingGrading(Routes routes) throws IOException {
        var testbed = new PortalTestbed(plainRegistry(), CALL_LIMIT_SHORT);
        testbed.start(ServiceName.GRADING, routes);
        return testbed;
    }

    /** Starts a service, and notifies the portal of it as the registry does. */
    HttpHost start(ServiceName service, Routes routes) throws IOException {
        var host = HttpHost.onFreePort(routes);
        hosts.add(host);
        notifyOf(service, url(host).value());
        return host;
    }

    /** Notifies the portal of a provider as the registry does. */
    void notifyOf(ServiceName service, String url) {
        var provider = Provider.of(service, HttpUrl.of(url));
        providers.apply(ReceivedPatch.plain(new Patch(List.of(provider), List.of())));
    }

    void stopRegistry() {
        registry.close();
    }

    ParsedPage get(String path) throws IOException, InterruptedException {
        return send(request(path));
    }

    /** Requests a page as a browser does. */
    ParsedPage browse(String path) throws IOException, InterruptedException {
        return send(request(path).header("Accept", "text/html,application/xhtml+xml,*/*;q=0.8"));
    }

    ParsedPage post(String path, Map<String, String> fields) throws IOException, InterruptedException {
        return send(form(path, fields));
    }

    /** Submits a form of one of our pages as a browser does. */
    ParsedPage submit(String path, Map<String, String> fields) throws IOException, InterruptedException {
        return send(form(path, fields)
                .header("Sec-Fetch-Site", "same-origin")
                .header("Origin", "http://127.0.0.1:" + portal.port()));
    }

    HttpRequest.Builder form(String path, Map<String, String> fields) {
        var body = fields.entrySet().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        return request(path)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(body));
    }

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + portal.port() + path))
                .timeout(Duration.ofSeconds(30));
    }

    ParsedPage send(HttpRequest.Builder request) throws IOException, InterruptedException {
        var response = client.send(request.build(), BodyHandlers.ofString());
        return new ParsedPage(response.statusCode(), response.headers(), response.body());
    }

    /** Follows a stream of events until the testbed is closed; the queue receives its lines. */
    BlockingQueue<String> follow(String path) {
        var lines = new LinkedBlockingQueue<String>();
        followed.add(client.sendAsync(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + portal.port() + path))
                        .build(),
                BodyHandlers.fromLineSubscriber(new LineQueue(lines))));
        return lines;
    }

    int port() {
        return portal.port();
    }

    @Override
    public void close() {
        followed.forEach(each -> each.cancel(true));
        watch.close();
        pageTails.close();
        portal.close();
        registry.close();
        hosts.forEach(HttpHost::close);
    }

    private static Routes plainRegistry() {
        return Routes.NONE.post("/services", request -> Response.empty(200));
    }

    private static HttpUrl url(HttpHost host) {
        return HttpUrl.of("http://127.0.0.1:" + host.port());
    }

    private record LineQueue(BlockingQueue<String> lines) implements Subscriber<String> {
        @Override
        public void onSubscribe(Subscription subscription) {
            subscription.request(Long.MAX_VALUE);
        }

        @Override
        public void onNext(String line) {
            lines.add(line);
        }

        @Override
        public void onError(Throwable thrown) {
            lines.add("error");
        }

        @Override
        public void onComplete() {
            lines.add("end");
        }
    }
}
