package dev.rollcall.registry;

import dev.rollcall.host.ServiceHost;
import dev.rollcall.wire.Provider;
import dev.rollcall.wire.ServiceName;
import java.io.IOException;

/** The registry's process. */
public final class RegistryService {
    private RegistryService() {}

    /** Runs until Enter or a signal. */
    public static void main(String[] args) throws IOException {
        var settings = RegistrySettings.parseOrExit(args, System.getenv());
        var loop = new RegistryLoop(settings);
        loop.start();
        ServiceHost.unlisted(ServiceName.REGISTRY, settings.host())
                .shipsLogTo(() ->
                        loop.providersOf(ServiceName.LOG).stream().findFirst().map(Provider::url))
                .serves(RegistryRoutes.over(loop))
                .measures(text -> RegistryMetrics.write(loop, text))
                .doubts(loop::doubts)
                .closes(loop)
                .runUntilStopped();
    }
}
