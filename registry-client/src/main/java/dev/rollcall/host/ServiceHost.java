package dev.rollcall.host;

import dev.rollcall.discovery.ProviderChoice;
import dev.rollcall.discovery.Providers;
import dev.rollcall.discovery.RegistryClient;
import dev.rollcall.discovery.ServiceCaller;
import dev.rollcall.http.HttpHost;
import dev.rollcall.http.Routes;
import dev.rollcall.shipping.LogShipper;
import dev.rollcall.shipping.ShippingStats;
import dev.rollcall.wire.HttpUrl;
import dev.rollcall.wire.Provider;
import dev.rollcall.wire.Registration;
import dev.rollcall.wire.ServiceName;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * One instance of a service, from its start to its end.
 *
 * <pre>
 * NEW ──bind, serve──▶ SERVING ──register──▶ REGISTERED ──Enter or a signal──▶ DRAINING ──▶ CLOSED
 *                        stop: deregister → 503 → drain → close the parts → ship the last log records → free the port
 * </pre>
 *
 * <p>Set up by one thread, then {@link #runUntilStopped}.
 */
public final class ServiceHost {
    private static final Duration CALL_LIMIT = Duration.ofSeconds(5);
    private static final Duration AVOID_FOR = Duration.ofSeconds(5);
    /** The interval at which registries probe, unless they probe one instance after another. */
    private static final Duration HEARTBEAT_INTERVAL = Duration.ofSeconds(3);

    /** How long the line that the service listens waits for the registration; a registry that is up needs a second. */
    private static final Duration REGISTRATION_AWAITED = Duration.ofSeconds(2);

    private final ServiceName name;
    private final HostSettings settings;
    private final boolean listed;
    private final String instanceId = UUID.randomUUID().toString();
    private final Instant since = Instant.now();
    private final SplittableRandom random = new SplittableRandom();
    private final Providers providers = new Providers();
    private final RegistryClient registry;
    private final ServiceCaller caller;
    private final List<ServiceName> requires = new ArrayList<>();
    private final List<AutoCloseable> parts = new ArrayList<>();
    private final List<AutoCloseable> partsFirst = new ArrayList<>();
    private final List<Runnable> onStart = new ArrayList<>();
    private final List<Consumer<MetricsText>> metrics = new ArrayList<>();
    private final List<Supplier<List<String>>> healthReasons = new ArrayList<>();
    private Optional<LogShipper> shipper = Optional.empty();
    private Routes routes = Routes.NONE;
    private PublishedSettings publishedSettings = PublishedSettings.NONE;

    private ServiceHost(ServiceName name, HostSettings settings, boolean listed) {
        this.name = name;
        this.settings = settings;
        this.listed = listed;
        this.registry = new RegistryClient(settings.registries(), CALL_LIMIT);
        this.caller =
                new ServiceCaller(providers, ProviderChoice.powerOfTwo(), System::nanoTime, CALL_LIMIT, AVOID_FOR);
    }

    /** Creates an instance that registers and receives the providers of the services that it requires. */
    public static ServiceHost of(ServiceName name, HostSettings settings) {
        return new ServiceHost(name, settings, true);
    }

    /** Creates an instance that does not register: the registry itself. */
    public static ServiceHost unlisted(ServiceName name, HostSettings settings) {
        return new ServiceHost(name, settings, false);
    }

    /** Adds required services, whose providers the registry reports. Requiring the log service ships the log there. */
    public ServiceHost requires(ServiceName... services) {
        requires.addAll(List.of(services));
        if (requires.contains(ServiceName.LOG)) {
            shipsLogTo(() ->
                    providers.candidates(ServiceName.LOG).stream().findFirst().map(Provider::url));
        }
        return this;
    }

    /** Starts capturing the log, and ships it to the log service that the supplier names at each request. */
    public ServiceHost shipsLogTo(Supplier<Optional<HttpUrl>> supplier) {
        shipper = Optional.of(LogShipper.attachedTo(name, instanceId, supplier, settings.shipping()));
        return this;
    }

    /** Adds routes to those that every service has. */
    public ServiceHost serves(Routes more) {
        routes = routes.and(more);
        return this;
    }

    /** Adds a part that starts once requests are answered. */
    public ServiceHost starts(Runnable part) {
        onStart.add(part);
        return this;
    }

    /** Adds a part that is closed at the end, when no request is in flight; the last one added is closed first. */
    public ServiceHost closes(AutoCloseable part) {
        parts.add(0, part);
        return this;
    }

    /** Adds a part that is closed after deregistering, while requests are still served: it releases waiting ones. */
    public ServiceHost closesFirst(AutoCloseable part) {
        partsFirst.add(part);
        return this;
    }

    /** Adds metrics to {@code GET /metrics}. */
    public ServiceHost measures(Consumer<MetricsText> writer) {
        metrics.add(writer);
        return this;
    }

    /** Publishes more settings in the registration; no secrets. */
    public ServiceHost publishes(PublishedSettings more) {
        publishedSettings = publishedSettings.and(more);
        return this;
    }

    /** Adds reasons for degraded health to {@code GET /health}; no reason means healthy. */
    public ServiceHost healthReasons(Supplier<List<String>> reasons) {
        healthReasons.add(reasons);
        return this;
    }

    /** Returns the providers of the services that this instance requires. */
    public Providers providers() {
        return providers;
    }

    /** Returns the caller for the services that this instance requires. */
    public ServiceCaller caller() {
        return caller;
    }

    /** Returns the client of the registry. */
    public RegistryClient registry() {
        return registry;
    }

    /** Runs until Enter or a signal, then ends the process with status 0, or 1 if the port can't be bound. */
    public void runUntilStopped() {
        System.exit(run());
    }

    private int run() {
        Thread.setDefaultUncaughtExceptionHandler(
                new UncaughtExceptions(() -> Runtime.getRuntime().halt(1)));
        try (var http = HttpHost.bind(new InetSocketAddress(settings.bind(), settings.port()), settings.limits())) {
            serve(http);
            return 0;
        } catch (IOException | IllegalArgumentException e) {
            System.err.printf(
                    Locale.ROOT,
                    "%s: can't listen on %s, port %d (%s); choose another with --port or --bind%n",
                    name,
                    settings.bind(),
                    settings.port(),
                    e.getMessage());
            Shutdown.closeAll(parts);
            return 1;
        }
    }

    private void serve(HttpHost http) {
        var url = HttpUrl.of(settings.advertise().isEmpty() ? "http://localhost:" + http.port() : settings.advertise());
        var shutdown = new Shutdown(http, settings.drain());
        StopSignal.listen(shutdown::stop);
        startShipping(shutdown);
        healthReasons(http::healthReasons);
        var own = new StatusRoutes(name, instanceId, since, this::reasons, http::stats, metrics).routes();
        if (listed) {
            var registrationKeeper = new RegistrationKeeper(registry, registration(url), HEARTBEAT_INTERVAL, random);
            shutdown.closeBeforeDrain(registrationKeeper);
            healthReasons(registrationKeeper::healthReasons);
            http.start(routes.and(own)
                    .and(new HostRoutes(providers, instanceId, registrationKeeper::heartbeatReceived).routes()));
            start(shutdown);
            awaitRegistered(registrationKeeper.start(), shutdown);
        } else {
            http.start(routes.and(own));
            start(shutdown);
        }
        System.out.println(name + " listens on " + url);
        System.out.println("Press Enter to stop " + name + ".");
        shutdown.awaitStopAndStop();
    }

    private void start(Shutdown shutdown) {
        partsFirst.forEach(shutdown::closeBeforeDrain);
        onStart.forEach(Runnable::run);
    }

    /** Waits a moment for the registration, because people start the next service when this one says it listens. */
    private void awaitRegistered(CompletableFuture<Void> registration, Shutdown shutdown) {
        if (!shutdown.awaitUnlessStopped(registration, REGISTRATION_AWAITED)) {
            var addresses = registry.addresses().stream().map(HttpUrl::value).collect(Collectors.joining(", "));
            System.out.println(name + " cannot reach the registry at " + addresses + "; serving and retrying");
        }
    }

    private Registration registration(HttpUrl url) {
        return new Registration(
                name,
                url,
                requires,
                url.resolve("/services"),
                url.resolve("/heartbeat"),
                instanceId,
                Registration.EXTENDED,
                PublishedSettings.of(settings)
                        .and(shipper.isPresent() ? PublishedSettings.ofShipping(settings) : PublishedSettings.NONE)
                        .and(publishedSettings)
                        .entries());
    }

    /** Starts shipping such that what the parts log on closing is shipped too. */
    private void startShipping(Shutdown shutdown) {
        parts.forEach(shutdown::closeAfterDrain);
        shipper.ifPresent(s -> {
            shutdown.closeAfterDrain(s);
            measures(text -> shipping(s.stats(), text));
            healthReasons(s::healthReasons);
            s.start();
        });
    }

    private static void shipping(ShippingStats stats, MetricsText text) {
        text.counter("rollcall_log_records_produced_total", "Records logged.", stats.produced());
        text.counter(
                "rollcall_log_records_acknowledged_total", "Records on the log service's disk.", stats.acknowledged());
        text.counter("rollcall_log_records_dropped_total", "Records given up.", stats.dropped());
        text.gauge("rollcall_log_buffer_bytes", "Memory taken by records not yet on this disk.", stats.bufferedBytes());
        text.gauge(
                "rollcall_log_waiting_records", "Records not yet on the log service's disk.", stats.pendingRecords());
        text.gauge("rollcall_log_spill_bytes", "Disk taken by records held back, in bytes.", stats.spilledBytes());
    }

    private List<String> reasons() {
        var reasons = new ArrayList<String>();
        healthReasons.forEach(supplier -> reasons.addAll(supplier.get()));
        requires.stream()
                .filter(service -> providers.of(service).isEmpty())
                .forEach(service -> reasons.add("there is no " + service));
        return reasons;
    }
}
