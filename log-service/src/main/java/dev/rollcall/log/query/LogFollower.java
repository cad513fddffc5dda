package dev.rollcall.log.query;

import dev.rollcall.http.LiveStream;
import dev.rollcall.log.store.Position;

/** One who follows the log, and how far he has come. Not thread-safe. */
final class LogFollower {
    private final LiveStream stream;
    private final LogQuery query;
    private final LogFormat format;
    private Position position;
    private long allowance;

    /**
     * Has been told everything up to a position.
     *
     * @param allowance how far he may be behind, in bytes of lines
     */
    LogFollower(LiveStream stream, LogQuery query, LogFormat format, Position at, long allowance) {
        this.stream = stream;
        this.query = query;
        this.format = format;
        this.position = at;
        this.allowance = allowance;
    }

    LiveStream stream() {
        return stream;
    }

    LogQuery query() {
        return query;
    }

    LogFormat format() {
        return format;
    }

    Position position() {
        return position;
    }

    long allowance() {
        return allowance;
    }

    void allow(long bytes) {
        allowance = bytes;
    }

    void moveTo(Position position) {
        this.position = position;
    }
}
