package dev.rollcall.registry;

import dev.rollcall.host.ServiceHost;
import dev.rollcall.host.SmallHeap;
import dev.rollcall.registry.journal.Journal;
import dev.rollcall.wire.Provider;
import dev.rollcall.wire.ServiceName;
import java.io.IOException;
import java.util.Locale;

/** The registry's process. */
public final class RegistryService {
    /** Keeps the process below 350 MB with 10,000 instances and the JVM's own memory. */
    private static final long HEAP_BYTES = 128L << 20;

    private RegistryService() {}

    /** Runs until Enter or a signal. */
    public static void main(String[] args) {
        SmallHeap.arrange();
        SmallHeap.keepBelow(HEAP_BYTES);
        var settings = RegistrySettings.parseOrExit(args, System.getenv());
        var loop = openOrExit(settings);
        ServiceHost.unlisted(ServiceName.REGISTRY, settings.host())
                .shipsLogTo(() ->
                        loop.providersOf(ServiceName.LOG).stream().findFirst().map(Provider::url))
                .serves(RegistryRoutes.over(loop))
                .measures(text -> RegistryMetrics.write(loop, text))
                .healthReasons(loop::healthReasons)
                .starts(loop::start)
                .closesFirst(new ShutdownGrace(loop::view, System::nanoTime)::await)
                .closesFirst(loop.rollFeed()::release)
                .closes(loop)
                .runUntilStopped();
    }

    private static RegistryLoop openOrExit(RegistrySettings settings) {
        try {
            return open(settings);
        } catch (IOException e) {
            System.err.printf(
                    Locale.ROOT,
                    "%s: can't keep the roll in %s; choose another directory with --data%n",
                    ServiceName.REGISTRY,
                    e.getMessage());
            System.exit(1);
            throw new IllegalStateException("the process has ended", e);
        }
    }

    private static RegistryLoop open(RegistrySettings settings) throws IOException {
        var directory = settings.host().data();
        var journal = Journal.open(directory);
        try {
            return new RegistryLoop(settings, journal);
        } catch (IOException e) {
            throw new IOException(directory + ": " + e.getMessage(), e);
        }
    }
}
