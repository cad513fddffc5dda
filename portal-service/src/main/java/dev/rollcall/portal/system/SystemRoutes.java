package dev.rollcall.portal.system;

import dev.rollcall.discovery.CallFailedException;
import dev.rollcall.discovery.ClientRequest;
import dev.rollcall.discovery.HttpCaller;
import dev.rollcall.discovery.Providers;
import dev.rollcall.http.ProblemException;
import dev.rollcall.http.Request;
import dev.rollcall.http.Response;
import dev.rollcall.http.Routes;
import dev.rollcall.portal.logs.LogClient;
import dev.rollcall.portal.logs.LogLine;
import dev.rollcall.portal.logs.LogSearch;
import dev.rollcall.portal.page.Pages;
import dev.rollcall.portal.page.Paging;
import dev.rollcall.portal.page.ProblemReader;
import dev.rollcall.portal.page.Section;
import dev.rollcall.wire.HttpUrl;
import dev.rollcall.wire.Provider;
import dev.rollcall.wire.ServiceName;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The pages of the running system: the front page, the live diagram, one service. */
public final class SystemRoutes {
    private static final Duration METRICS_LIMIT = Duration.ofSeconds(1);
    private static final int LINES = 20;
    private static final int PAGES_MAX = 100_000;
    private static final long QUEUE_BYTES_MAX = 4 << 20;

    private final RollWatch watch;
    private final LogClient log;
    private final Providers providers;
    private final HttpCaller instances = new HttpCaller();

    /** Creates the pages; {@code providers} are those of which the registry notified this portal. */
    public SystemRoutes(RollWatch watch, LogClient log, Providers providers) {
        this.watch = watch;
        this.log = log;
        this.providers = providers;
    }

    public Routes routes() {
        return Routes.NONE
                .get("/", this::home)
                .get("/system", this::system)
                .get("/system/live", request -> live())
                .get("/system/{service}", this::service);
    }

    private Response home(Request request) {
        var lines = log.latest(LogSearch.latest("", LINES), request.trace());
        return Pages.response(request, 200, "system/home", new HomePage(watch.view(), known(), lines));
    }

    private Response system(Request request) {
        return Pages.response(request, 200, "system/system", new SystemPage(watch.view(), known()));
    }

    private Response live() {
        return Response.live("text/event-stream", QUEUE_BYTES_MAX, watch::send)
                .with("Cache-Control", "no-store")
                .with("X-Accel-Buffering", "no");
    }

    private Response service(Request request) {
        var name = request.pathValue("service");
        var view = watch.view();
        var service = view.roll().services().stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow(() -> ProblemException.notFound("no service of this name is registered"));
        var page = Math.min(
                request.queryNumber("page", 1, 1, PAGES_MAX),
                Math.max(1, (service.instances().size() + ServicePage.SIZE - 1) / ServicePage.SIZE));
        var measured = measured(service, request.query("of").orElse(""));
        return Pages.response(
                request,
                200,
                "system/service",
                new ServicePage(
                        view.now(),
                        service,
                        new Paging(page, ServicePage.SIZE, service.instances().size()),
                        view.note(),
                        measured,
                        measured.map(this::metrics).orElseGet(() -> Section.without("It has no instance to query.")),
                        log.latest(LogSearch.latest(name, LINES), request.trace())));
    }

    /**
     * Returns the instance whose metrics are shown: the chosen one or else the first provider. It is always one on the
     * roll.
     */
    private static Optional<Instance> measured(ServiceGroup service, String url) {
        return service.instances().stream()
                .filter(instance ->
                        url.isEmpty() ? instance.isAnnounced() : instance.url().equals(url))
                .findFirst();
    }

    private Section<Metric> metrics(Instance instance) {
        try {
            var response = instances.send(HttpUrl.of(instance.url()), ClientRequest.get("/metrics"), METRICS_LIMIT);
            return response.status() == 200
                    ? Section.of(Metric.parse(response.text()))
                    : Section.without("It publishes none. " + ProblemReader.reason(response));
        } catch (CallFailedException e) {
            return Section.without("It does not answer.");
        } catch (IllegalArgumentException e) {
            return Section.without("Its address is not valid.");
        }
    }

    private List<Provider> known() {
        return Stream.of(ServiceName.GRADING, ServiceName.LOG)
                .flatMap(service -> providers.of(service).stream())
                .toList();
    }

    record HomePage(SystemView view, List<Provider> known, Section<LogLine> log) {}

    record SystemPage(SystemView view, List<Provider> known) {}
}
