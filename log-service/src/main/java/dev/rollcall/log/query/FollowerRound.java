package dev.rollcall.log.query;

import dev.rollcall.log.store.Position;
import dev.rollcall.log.store.StoreView;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/**
 * What there is to tell those who follow, at one time. What several of them are to be told alike is found and written
 * once. Not thread-safe.
 */
final class FollowerRound {
    private static final int PIECE_BYTES = 64 << 10;

    private final StoreView view;
    private final Map<LogQuery, Search> searches = new HashMap<>();
    private final Map<Key, Piece> pieces = new HashMap<>();
    private final Map<Key, Long> counts = new HashMap<>();

    FollowerRound(StoreView view) {
        this.view = view;
    }

    Position end() {
        return view.end();
    }

    /** How far one is behind. */
    long lag(LogFollower logFollower) {
        return view.bytesBetween(logFollower.position(), view.end());
    }

    /** What one is to be told next. */
    Piece next(LogFollower logFollower) throws IOException {
        var key = new Key(logFollower.query(), logFollower.format(), logFollower.position());
        var known = pieces.get(key);
        if (known == null) {
            known = find(logFollower);
            pieces.put(key, known);
        }
        return known;
    }

    /** How many records one is not told who leaves out all that there are. */
    long countSkipped(LogFollower logFollower) throws IOException {
        var key = new Key(logFollower.query(), logFollower.format(), logFollower.position());
        var known = counts.get(key);
        if (known == null) {
            known = search(logFollower).count(logFollower.position(), view.end());
            counts.put(key, known);
        }
        return known;
    }

    private Piece find(LogFollower logFollower) throws IOException {
        var out = new ByteArrayOutputStream();
        var next = search(logFollower)
                .scanBlock(logFollower.position(), view.end(), new PieceWriting(logFollower.format(), out));
        return new Piece(out.toByteArray(), next);
    }

    private Search search(LogFollower logFollower) {
        return searches.computeIfAbsent(logFollower.query(), query -> new Search(view, query));
    }

    private record PieceWriting(LogFormat format, ByteArrayOutputStream out, ServedLine line) implements LineSink {
        PieceWriting(LogFormat format, ByteArrayOutputStream out) {
            this(format, out, new ServedLine());
        }

        @Override
        public boolean accept(long segment, long offset, byte[] bytes, int from, int to) throws IOException {
            format.write(line.set(segment, offset, bytes, from, to), false, out);
            return out.size() < PIECE_BYTES;
        }

        @Override
        public void unreadable(UnreadableRecords lines) throws IOException {
            format.write(lines, false, out);
        }
    }

    private record Key(LogQuery query, LogFormat format, Position at) {}

    /** Some records as they are told, perhaps none, and up to where they are all that there are. */
    static final class Piece {
        private final byte[] text;
        private final Position next;

        Piece(byte[] text, Position next) {
            this.text = text;
            this.next = next;
        }

        byte[] text() {
            return text;
        }

        Position next() {
            return next;
        }
    }
}
