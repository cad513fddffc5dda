package dev.rollcall.log.store;

import java.util.ArrayList;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The blocks that somebody wanted to read and that were found damaged. Of each segment one is remembered, and each segment
 * is told of once. Thread-safe.
 */
final class Damage {
    private static final Logger LOG = LoggerFactory.getLogger(Damage.class);

    private final Map<Long, Position> firsts = new ConcurrentHashMap<>();

    /** A block of a segment can't be read. */
    void found(long segment, Block block, DamagedBlockException cause) {
        if (firsts.putIfAbsent(segment, new Position(segment, block.start())) == null) {
            LOG.atError()
                    .addKeyValue("segment", segment)
                    .addKeyValue("offset", block.start())
                    .setCause(cause)
                    .log("records can't be read and are left out");
        }
    }

    /** What is wrong with a segment is over, as it was deleted. */
    void forget(long segment) {
        firsts.remove(segment);
    }

    /** What is wrong, for people; empty if nothing is. */
    Optional<String> doubt() {
        var positions = new ArrayList<>(firsts.values());
        if (positions.isEmpty()) {
            return Optional.empty();
        }
        positions.sort(null);
        var where = positions.size() == 1 ? "a segment" : positions.size() + " segments";
        return Optional.of("records of " + where + " can't be read, the first ones at " + positions.get(0));
    }
}
