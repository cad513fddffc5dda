package dev.rollcall.log.query;

import dev.rollcall.log.store.Position;
import dev.rollcall.log.store.StoreView;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/** The records to send to followers at one time; found and formatted once for equal followers. Not thread-safe. */
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

    /** Returns how far a follower lags, in bytes of lines. */
    long lag(LogFollower follower) {
        return view.bytesBetween(follower.position(), view.end());
    }

    /** Returns the follower's next records. */
    Piece next(LogFollower follower) throws IOException {
        var key = new Key(follower.query(), follower.format(), follower.position());
        var known = pieces.get(key);
        if (known == null) {
            known = find(follower);
            pieces.put(key, known);
        }
        return known;
    }

    /** Returns the number of matching records between the follower's position and the end. */
    long countSkipped(LogFollower follower) throws IOException {
        var key = new Key(follower.query(), follower.format(), follower.position());
        var known = counts.get(key);
        if (known == null) {
            known = search(follower).count(follower.position(), view.end());
            counts.put(key, known);
        }
        return known;
    }

    private Piece find(LogFollower follower) throws IOException {
        var out = new ByteArrayOutputStream();
        var next =
                search(follower).scanBlock(follower.position(), view.end(), new PieceWriting(follower.format(), out));
        return new Piece(out.toByteArray(), next);
    }

    private Search search(LogFollower follower) {
        return searches.computeIfAbsent(follower.query(), query -> new Search(view, query));
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

    /** Formatted records, perhaps none, that are all matches up to a position. */
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
