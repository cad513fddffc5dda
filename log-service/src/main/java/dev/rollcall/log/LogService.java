package dev.rollcall.log;

import dev.rollcall.host.ServiceHost;
import dev.rollcall.host.SmallHeap;
import dev.rollcall.log.query.LogFollowers;
import dev.rollcall.log.query.LogQueryRoutes;
import dev.rollcall.log.query.WarmUp;
import dev.rollcall.log.store.LogStore;
import dev.rollcall.wire.ServiceName;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Locale;

/** The log service's process: a store with HTTP in front. Its own records go to its console only. */
public final class LogService {
    /** Keeps the process below 256 MB together with the JVM's own memory. */
    private static final long HEAP_BYTES = 96L << 20;

    private LogService() {}

    /** Runs until it is stopped; {@code --help} lists the arguments. */
    public static void main(String[] args) {
        SmallHeap.arrange();
        SmallHeap.keepBelow(HEAP_BYTES);
        var settings = LogSettings.parse(args, System.getenv());
        var clock = InstantSource.system();
        var store = openOrExit(settings, clock);
        WarmUp.start(store);
        var memory = new BodyMemory(
                settings.store().pendingBytesMax(), settings.host().limits().bodyBytesMax());
        var followers = LogFollowers.of(store, settings.query());
        ServiceHost.of(ServiceName.LOG, settings.host())
                .serves(LogRoutes.into(store, memory, clock))
                .serves(LogQueryRoutes.over(store, clock, followers, settings.query()))
                .publishes(settings.published())
                .healthReasons(store::healthReasons)
                .healthReasons(followers::healthReasons)
                .measures(text -> LogMetrics.write(store, followers, text))
                .closes(store)
                .closes(followers)
                .runUntilStopped();
    }

    private static LogStore openOrExit(LogSettings settings, InstantSource clock) {
        var directory = settings.host().data();
        try {
            return LogStore.open(directory, settings.store(), clock);
        } catch (IOException e) {
            System.err.printf(
                    Locale.ROOT,
                    "%s: can't store in %s (%s); choose another with --data%n",
                    LogSettings.PROGRAM,
                    directory,
                    e);
            System.exit(1);
            throw new IllegalStateException("the process has ended", e);
        }
    }
}
