package dev.rollcall.registry;

import dev.rollcall.wire.Json;
import dev.rollcall.wire.Patch;
import dev.rollcall.wire.Provider;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes patches as JSON. Serialises each provider once and shares the bytes among all patches that hold it. Not
 * thread-safe.
 */
final class PatchWriter {
    private static final int FRAGMENTS_MAX = 20_000;
    private static final long BYTES_MAX = 16L << 20;
    private static final byte[] ADDED = bytes("{\"Added\":[");
    private static final byte[] REMOVED = bytes("],\"Removed\":[");
    private static final byte[] END = bytes("]}");

    private final Map<Provider, byte[]> fragments = new HashMap<>();
    private long bytes;

    byte[] write(Patch patch) {
        var out = new ByteArrayOutputStream(
                128 * (1 + patch.added().size() + patch.removed().size()));
        out.writeBytes(ADDED);
        writeAll(patch.added(), out);
        out.writeBytes(REMOVED);
        writeAll(patch.removed(), out);
        out.writeBytes(END);
        return out.toByteArray();
    }

    private void writeAll(List<Provider> providers, ByteArrayOutputStream out) {
        for (var i = 0; i < providers.size(); i++) {
            if (i > 0) {
                out.write(',');
            }
            out.writeBytes(fragment(providers.get(i)));
        }
    }

    private byte[] fragment(Provider provider) {
        if (fragments.size() >= FRAGMENTS_MAX || bytes > BYTES_MAX) {
            fragments.clear();
            bytes = 0;
        }
        return fragments.computeIfAbsent(provider, p -> {
            var rendered = Json.bytes(p);
            bytes += rendered.length;
            return rendered;
        });
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
