package dev.rollcall.log;

import dev.rollcall.host.ServiceHost;
import dev.rollcall.host.SmallHeap;
import dev.rollcall.log.ask.AskingRoutes;
import dev.rollcall.log.ask.Rehearsal;
import dev.rollcall.log.ask.Tails;
import dev.rollcall.log.store.LogStore;
import dev.rollcall.wire.ServiceName;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Locale;

/** The log service's process: a store, and the HTTP in front of it. What it logs itself goes to its console only. */
public final class LogService {
    /** With what the JVM itself takes, less than 256 MB. */
    private static final long HEAP_BYTES = 96L << 20;

    private LogService() {}

    /** Runs until it is stopped; {@code --help} tells the arguments. */
    public static void main(String[] args) {
        SmallHeap.arrange();
        SmallHeap.keepBelow(HEAP_BYTES);
        var settings = LogSettings.parse(args, System.getenv());
        var clock = InstantSource.system();
        var store = openOrExit(settings, clock);
        Rehearsal.begin(store);
        var room = new BodyRoom(
                settings.store().waitingBytesMax(), settings.host().limits().bodyBytesMax());
        var tails = Tails.of(store, settings.asking());
        ServiceHost.of(ServiceName.LOG, settings.host())
                .serves(LogRoutes.into(store, room, clock))
                .serves(AskingRoutes.over(store, clock, tails, settings.asking()))
                .publishes(settings.published())
                .doubts(store::doubts)
                .doubts(tails::doubts)
                .measures(text -> LogMetrics.write(store, tails, text))
                .closes(store)
                .closes(tails)
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
