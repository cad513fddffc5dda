package dev.rollcall.log;

import dev.rollcall.host.HostSettings;
import dev.rollcall.host.ServiceHost;
import dev.rollcall.host.SmallHeap;
import dev.rollcall.wire.ServiceName;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;

/** The log service's process: a store, and the HTTP in front of it. What it logs itself goes to its console only. */
public final class LogService {
    private static final String PROGRAM = "log-service";
    private static final int PORT = 4000;

    private LogService() {}

    /** Runs until it is stopped; {@code --help} tells the arguments. */
    public static void main(String[] args) {
        SmallHeap.arrange();
        var settings = HostSettings.from(
                HostSettings.declare(PROGRAM, "Collects, stores and serves the log records of all services.", PORT)
                        .parseOrExit(args, System.getenv()));
        var clock = InstantSource.system();
        var store = openOrExit(settings.data(), clock);
        ServiceHost.of(ServiceName.LOG, settings)
                .serves(LogRoutes.over(store, clock))
                .doubts(store::doubts)
                .closes(store)
                .runUntilStopped();
    }

    private static LogStore openOrExit(Path directory, InstantSource clock) {
        try {
            return LogStore.open(directory, clock);
        } catch (IOException e) {
            System.err.printf("%s: can't store in %s (%s); choose another with --data%n", PROGRAM, directory, e);
            System.exit(1);
            throw new IllegalStateException("the process has ended", e);
        }
    }
}
