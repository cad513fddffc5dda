package dev.rollcall.log;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a store's file says at the start: how far it is good, and which sequences it holds of whom.
 *
 * @param goodLength where to cut: behind the last whole line, and before the first broken line of what may not have
 *     been synced
 * @param producers the producers, the one stored last at the end
 */
record Recovery(long goodLength, List<ProducerAccount> producers) {
    private static final int BLOCK_BYTES = 256 << 10;
    private static final int LINE_BYTES_MAX = 64 << 20;
    private static final String HEAD = "{\"time\":\"";

    /** Copies. */
    Recovery {
        producers = List.copyOf(producers);
    }

    /**
     * Reads a file.
     *
     * @param unsyncedMax how many bytes at its end may not have been synced when the process or the machine died. There a
     *     broken line means that what follows was never acknowledged, even if it looks whole; elsewhere a broken line is
     *     somebody's doing and stays
     */
    static Recovery of(InputStream file, long length, long unsyncedMax) throws IOException {
        var reading = new Reading(length - unsyncedMax);
        var block = new byte[BLOCK_BYTES];
        var filled = 0;
        while (!reading.isEnded) {
            var count = file.read(block, filled, block.length - filled);
            if (count < 0) {
                break;
            }
            filled += count;
            var used = reading.lines(block, filled);
            System.arraycopy(block, used, block, 0, filled - used);
            filled -= used;
            if (filled > LINE_BYTES_MAX) {
                throw new IOException("a line of more than " + LINE_BYTES_MAX + " bytes; this is no log store");
            }
            if (filled == block.length) {
                block = Arrays.copyOf(block, block.length * 2);
            }
        }
        return new Recovery(reading.position, reading.accounts());
    }

    private static final class Reading {
        private final Map<String, Seen> seen = new LinkedHashMap<>(16, 0.75f, true);
        private final long doubtfulFrom;
        private long position;
        private boolean isEnded;

        Reading(long doubtfulFrom) {
            this.doubtfulFrom = doubtfulFrom;
        }

        /** Takes the whole lines of a block; returns how many bytes they are. */
        int lines(byte[] block, int filled) {
            var start = 0;
            for (var i = 0; i < filled && !isEnded; i++) {
                if (block[i] == '\n') {
                    line(block, start, i);
                    start = isEnded ? start : i + 1;
                }
            }
            return start;
        }

        private void line(byte[] block, int start, int end) {
            if (isWhole(block, start, end)) {
                StoredLine.stampOf(block, start, end)
                        .ifPresent(stamp -> seen.merge(
                                stamp.producer(),
                                new Seen(1, stamp.sequence(), timeOf(block, start, end)),
                                Seen::then));
            } else if (position >= doubtfulFrom) {
                isEnded = true;
                return;
            }
            position += end - start + 1;
        }

        /** After a crash, blocks that didn't reach the disk read as zeros. */
        private static boolean isWhole(byte[] block, int start, int end) {
            if (end - start < 2 || block[start] != '{' || block[end - 1] != '}') {
                return false;
            }
            for (var i = start; i < end; i++) {
                if (block[i] == 0) {
                    return false;
                }
            }
            return true;
        }

        private static String timeOf(byte[] block, int start, int end) {
            var from = Math.min(end, start + HEAD.length());
            var to = from;
            while (to < end && block[to] != '"') {
                to++;
            }
            return new String(block, from, to - from, StandardCharsets.ISO_8859_1);
        }

        List<ProducerAccount> accounts() {
            var accounts = new ArrayList<ProducerAccount>();
            seen.forEach((producer, last) -> accounts.add(
                    new ProducerAccount(producer, last.count(), 0, last.sequence(), instant(last.time()))));
            return accounts;
        }

        private static Instant instant(String text) {
            try {
                return Instant.parse(text);
            } catch (DateTimeException e) {
                return Instant.EPOCH;
            }
        }
    }

    private record Seen(long count, long sequence, String time) {
        Seen then(Seen next) {
            return new Seen(count + 1, Math.max(sequence, next.sequence), next.time);
        }
    }
}
