package dev.rollcall.portal.page;

import dev.rollcall.wire.Json;
import dev.rollcall.wire.MalformedJsonException;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads lists of other services and skips malformed entries. It logs the same list's malformed entries once.
 * Thread-safe.
 */
public final class LenientList {
    private static final Logger LOG = LoggerFactory.getLogger(LenientList.class);

    private String lastWarning = "";

    /** Returns the well-formed entries; {@code what} names the list in the log. */
    public <T> List<T> read(String what, byte[] json, Class<T> entries) throws MalformedJsonException {
        var malformed = new ArrayList<String>();
        var read = Json.readEach(json, entries, malformed::add);
        warn(what, malformed);
        return read;
    }

    /** Returns a value without the malformed entries of its lists. */
    public <T> T readOne(String what, byte[] json, Class<T> type) throws MalformedJsonException {
        var malformed = new ArrayList<String>();
        var read = Json.read(json, type, malformed::add);
        warn(what, malformed);
        return read;
    }

    private void warn(String what, List<String> malformed) {
        if (!malformed.isEmpty() && isNew(what + malformed.get(0))) {
            LOG.atWarn()
                    .addKeyValue("list", what)
                    .addKeyValue("entries", malformed.size())
                    .addKeyValue("first", malformed.get(0))
                    .log("malformed entries are skipped; check the service that sent them");
        }
    }

    private synchronized boolean isNew(String warning) {
        var isNew = !warning.equals(lastWarning);
        lastWarning = warning;
        return isNew;
    }
}
