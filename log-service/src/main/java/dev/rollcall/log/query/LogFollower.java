package dev.rollcall.log.query;

import dev.rollcall.http.LiveStream;
import dev.rollcall.log.store.Position;

/** A client that follows the log, and its position. Not thread-safe. */
final class LogFollower {
    private final LiveStream stream;
    private final LogQuery query;
    private final LogFormat format;
    private Position position;
    private long lagBytesMax;

    /**
     * Creates a follower that has received everything up to a position.
     *
     * @param lagBytesMax how far it may lag, in bytes of lines
     */
    LogFollower(LiveStream stream, LogQuery query, LogFormat format, Position at, long lagBytesMax) {
        this.stream = stream;
        this.query = query;
        this.format = format;
        this.position = at;
        this.lagBytesMax = lagBytesMax;
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

    long lagBytesMax() {
        return lagBytesMax;
    }

    void allowLag(long bytes) {
        lagBytesMax = bytes;
    }

    void moveTo(Position position) {
        this.position = position;
    }
}
