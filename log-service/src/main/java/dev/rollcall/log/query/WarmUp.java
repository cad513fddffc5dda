package dev.rollcall.log.query;

import dev.rollcall.log.store.LogStore;
import dev.rollcall.log.store.StoreView;
import dev.rollcall.wire.Severity;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks a few times before anybody else does. What a JVM does for the first time takes ten times as long, and who asks
 * right after a restart wants to know at once what has happened.
 */
public final class WarmUp {
    private static final Logger LOG = LoggerFactory.getLogger(WarmUp.class);
    private static final int ROUNDS = 5;
    private static final int LIMIT = 100;
    /** In no record's text as it is served, and no index can say so: each line is looked at. */
    private static final LogQuery NOTHING = new LogQuery("", "", Severity.TRACE, Instant.MIN, Instant.MAX, "\0", "");

    private WarmUp() {}

    /** Begins in the background; it takes some tenths of a second. */
    public static void start(LogStore store) {
        var thread = new Thread(() -> run(store), "log-rehearsal");
        thread.setDaemon(true);
        thread.start();
    }

    private static void run(LogStore store) {
        try {
            for (var round = 0; round < ROUNDS; round++) {
                try (var view = store.view()) {
                    query(view);
                }
            }
        } catch (IOException | RuntimeException e) {
            LOG.atDebug().setCause(e).log("nobody asked for this");
        }
    }

    private static void query(StoreView view) throws IOException {
        var newest =
                new BackwardScan(view, LogQuery.ALL).before(view.end(), LIMIT).start();
        for (var format : LogFormat.values()) {
            var recordWriter = new RecordWriter(format, OutputStream.nullOutputStream(), LIMIT);
            recordWriter.write(new Search(view, LogQuery.ALL), newest, view.end());
        }
        new RecordWriter(LogFormat.TEXT, OutputStream.nullOutputStream(), LIMIT)
                .write(new Search(view, NOTHING), newest, view.end());
    }
}
