package dev.rollcall.log.store;

import java.util.ArrayList;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The corrupt blocks that reads found, one for each segment, and the segments whose files are gone. Logs each segment
 * once. Thread-safe.
 */
final class Corruption {
    private static final Logger LOG = LoggerFactory.getLogger(Corruption.class);

    private final Map<Long, Position> firsts = new ConcurrentHashMap<>();
    private final Set<Long> gone = ConcurrentHashMap.newKeySet();

    /** Records that a block of a segment can't be read. */
    void report(long segment, Block block, CorruptBlockException cause) {
        if (firsts.putIfAbsent(segment, new Position(segment, block.start())) == null) {
            LOG.atError()
                    .addKeyValue("segment", segment)
                    .addKeyValue("offset", block.start())
                    .setCause(cause)
                    .log("a block is corrupt; its records are skipped");
        }
    }

    /** Records whether a closed segment's file is gone or shorter than what was stored. */
    void check(long segment, String file, boolean isGone) {
        if (isGone && gone.add(segment)) {
            LOG.atError()
                    .addKeyValue("file", file)
                    .log("a segment was deleted or truncated while in use; its records are skipped; put the file back");
        } else if (!isGone && gone.remove(segment)) {
            LOG.atInfo().addKeyValue("file", file).log("a segment's file is back");
        }
    }

    boolean isGone(long segment) {
        return gone.contains(segment);
    }

    /** Drops what is known of a segment that was deleted. */
    void forget(long segment) {
        firsts.remove(segment);
        gone.remove(segment);
    }

    /** Returns what is wrong, for people; empty if nothing is. */
    Optional<String> healthReason() {
        var positions = new ArrayList<>(firsts.values());
        gone.stream()
                .filter(segment -> !firsts.containsKey(segment))
                .map(segment -> new Position(segment, 0))
                .forEach(positions::add);
        if (positions.isEmpty()) {
            return Optional.empty();
        }
        positions.sort(null);
        var where = positions.size() == 1 ? "a segment" : positions.size() + " segments";
        return Optional.of("records of " + where + " can't be read, the first ones at " + positions.get(0));
    }
}
