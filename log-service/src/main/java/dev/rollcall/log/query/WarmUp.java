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
 * Runs a few queries at the start. A JVM takes ten times as long for its first queries, and people query right after a
 * restart to see what happened.
 */
public final class WarmUp {
    private static final Logger LOG = LoggerFactory.getLogger(WarmUp.class);
    private static final int ROUNDS = 5;
    private static final int LIMIT = 100;
    /** Matches no record, and no index can rule it out, so that each line is read. */
    private static final LogQuery NOTHING = new LogQuery("", "", Severity.TRACE, Instant.MIN, Instant.MAX, "\0", "");

    private WarmUp() {}

    /** Starts in the background; takes some tenths of a second. */
    public static void start(LogStore store) {
        var thread = new Thread(() -> run(store), "log-warm-up");
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
            LOG.atDebug().setCause(e).log("warming up failed");
        }
    }

    private static void query(StoreView view) throws IOException {
        var newest =
                new BackwardScan(view, LogQuery.ALL).before(view.end(), LIMIT).start();
        for (var format : LogFormat.values()) {
            var writer = new RecordWriter(format, OutputStream.nullOutputStream(), LIMIT);
            writer.write(new Search(view, LogQuery.ALL), newest, view.end());
        }
        new RecordWriter(LogFormat.TEXT, OutputStream.nullOutputStream(), LIMIT)
                .write(new Search(view, NOTHING), newest, view.end());
    }
}
