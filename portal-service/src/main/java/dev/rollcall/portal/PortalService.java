package dev.rollcall.portal;

import dev.rollcall.discovery.Providers;
import dev.rollcall.discovery.ServiceCaller;
import dev.rollcall.host.HostSettings;
import dev.rollcall.host.ServiceHost;
import dev.rollcall.host.SmallHeap;
import dev.rollcall.http.Routes;
import dev.rollcall.portal.gradebook.GradebookPages;
import dev.rollcall.portal.logs.LogClient;
import dev.rollcall.portal.logs.LogsRoutes;
import dev.rollcall.portal.logs.PageTails;
import dev.rollcall.portal.page.Assets;
import dev.rollcall.portal.page.FormTokens;
import dev.rollcall.portal.page.Forms;
import dev.rollcall.portal.page.Pages;
import dev.rollcall.portal.system.RollWatch;
import dev.rollcall.portal.system.SystemRoutes;
import dev.rollcall.wire.ServiceName;
import java.time.InstantSource;

/** Shows students and grades to teachers, and the running system to operators. */
public final class PortalService {
    private PortalService() {}

    /** Runs the service until Enter or a signal; {@code --help} lists the settings. */
    public static void main(String[] args) {
        SmallHeap.arrange();
        var settings = HostSettings.declare("portal-service", "Shows grades and the running system as web pages.", 8080)
                .parseOrExit(args, System.getenv());
        var host = ServiceHost.of(ServiceName.PORTAL, HostSettings.from(settings))
                .requires(ServiceName.LOG, ServiceName.GRADING);
        var watch = new RollWatch(host.registry(), InstantSource.system());
        var pageTails = new PageTails(host.providers());
        host.serves(routes(host.caller(), host.providers(), watch, pageTails, InstantSource.system()))
                .healthReasons(pageTails::healthReasons)
                .closesFirst(watch)
                .closesFirst(pageTails)
                .runUntilStopped();
    }

    static Routes routes(
            ServiceCaller caller, Providers providers, RollWatch watch, PageTails pageTails, InstantSource time) {
        var log = new LogClient(caller);
        return GradebookPages.routes(caller, new Forms(new FormTokens()), time)
                .and(new SystemRoutes(watch, log, providers).routes())
                .and(new LogsRoutes(log, pageTails).routes())
                .and(Assets.routes())
                .withProblemPages(Pages::problem)
                .sampling(path -> !Assets.has(path));
    }
}
