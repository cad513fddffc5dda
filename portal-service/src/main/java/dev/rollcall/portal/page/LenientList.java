package dev.rollcall.portal.page;

import dev.rollcall.wire.Json;
import dev.rollcall.wire.MalformedJsonException;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads lists of other services, without the entries that make no sense, and says so: once, however often the same list
 * comes. Thread-safe.
 */
public final class LenientList {
    private static final Logger LOG = LoggerFactory.getLogger(LenientList.class);

    private String warned = "";

    /** Creates one that has said nothing yet. */
    public LenientList() {}

    /** Returns the entries that fit; {@code what} names the list. */
    public <T> List<T> read(String what, byte[] json, Class<T> entries) throws MalformedJsonException {
        var odd = new ArrayList<String>();
        var read = Json.readEach(json, entries, odd::add);
        warn(what, odd);
        return read;
    }

    /** Returns a value, without the entries of its lists that make no sense. */
    public <T> T readOne(String what, byte[] json, Class<T> type) throws MalformedJsonException {
        var odd = new ArrayList<String>();
        var read = Json.read(json, type, odd::add);
        warn(what, odd);
        return read;
    }

    private void warn(String what, List<String> odd) {
        if (!odd.isEmpty() && isNew(what + odd.get(0))) {
            LOG.atWarn()
                    .addKeyValue("list", what)
                    .addKeyValue("entries", odd.size())
                    .addKeyValue("first", odd.get(0))
                    .log("entries that make no sense are left out; look at the service that tells them");
        }
    }

    private synchronized boolean isNew(String warning) {
        var isNew = !warning.equals(warned);
        warned = warning;
        return isNew;
    }
}
