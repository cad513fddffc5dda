package dev.rollcall.log.query;

import dev.rollcall.http.LiveStream;
import dev.rollcall.log.store.Position;

/** A client that follows the log, and its position. Not thread-safe. */
final class LogFollower {
    private final LiveStream stream;
    private final LogQuery query;
    private final LogFormat format;
    private Position position;
    private long lagBytesAllowed = Long.MAX_VALUE;

    /** Creates a follower that has received everything up to a position. */
    LogFollower(LiveStream stream, LogQuery query, LogFormat format, Position position) {
        this.stream = stream;
        this.query = query;
        this.format = format;
        this.position = position;
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

    /**
     * Returns whether the follower lags too far. One that reconnects or starts far back may catch up first: until its lag
     * is within half the maximum, it is allowed its first lag plus the maximum.
     */
    boolean lagsTooFar(long lagBytes, long lagBytesMax) {
        if (lagBytes <= lagBytesMax / 2) {
            lagBytesAllowed = lagBytesMax;
        } else if (lagBytesAllowed == Long.MAX_VALUE) {
            lagBytesAllowed = lagBytes + lagBytesMax;
        }
        return lagBytes > lagBytesAllowed;
    }

    void moveTo(Position position) {
        this.position = position;
    }
}
