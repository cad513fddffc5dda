package dev.rollcall.log.store;

import java.util.ArrayList;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The blocks that somebody wanted to read and that were found damaged, and the segments whose files are gone. Of each
 * segment one block is remembered, and each segment is logged once. Thread-safe.
 */
final class Corruption {
    private static final Logger LOG = LoggerFactory.getLogger(Corruption.class);

    private final Map<Long, Position> firsts = new ConcurrentHashMap<>();
    private final Set<Long> gone = ConcurrentHashMap.newKeySet();

    /** A block of a segment can't be read. */
    void report(long segment, Block block, CorruptBlockException cause) {
        if (firsts.putIfAbsent(segment, new Position(segment, block.start())) == null) {
            LOG.atError()
                    .addKeyValue("segment", segment)
                    .addKeyValue("offset", block.start())
                    .setCause(cause)
                    .log("records can't be read and are left out");
        }
    }

    /** Notes whether a closed segment's file is gone, or shorter than what was stored. */
    void check(long segment, String file, boolean isGone) {
        if (isGone && gone.add(segment)) {
            LOG.atError()
                    .addKeyValue("file", file)
                    .log("a segment was deleted or cut while in use; its records are left out until it is put back");
        } else if (!isGone && gone.remove(segment)) {
            LOG.atInfo().addKeyValue("file", file).log("a segment is back");
        }
    }

    boolean isGone(long segment) {
        return gone.contains(segment);
    }

    /** What is wrong with a segment is over, as it was deleted. */
    void forget(long segment) {
        firsts.remove(segment);
        gone.remove(segment);
    }

    /** What is wrong, for people; empty if nothing is. */
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
