package dev.rollcall.portal;

import dev.rollcall.host.HostSettings;
import dev.rollcall.host.ServiceHost;
import dev.rollcall.host.SmallHeap;
import dev.rollcall.wire.ServiceName;
import java.time.InstantSource;

/** Shows students and their grades to teachers, and the running system to whoever runs it. */
public final class PortalService {
    private PortalService() {}

    /** Runs until Enter or a signal; {@code --help} lists the settings. */
    public static void main(String[] args) {
        SmallHeap.arrange();
        var settings = HostSettings.declare("portal-service", "Shows grades and the running system as web pages.", 8080)
                .parseOrExit(args, System.getenv());
        var host = ServiceHost.of(ServiceName.PORTAL, HostSettings.from(settings))
                .requires(ServiceName.LOG, ServiceName.GRADING);
        var system = new SystemClient(host.registry(), host.caller(), host.providers());
        host.serves(new SystemRoutes(system, InstantSource.system()).routes())
                .serves(new StudentRoutes(new GradingClient(host.caller())).routes())
                .serves(new SiteRoutes().routes())
                .runUntilStopped();
    }
}
