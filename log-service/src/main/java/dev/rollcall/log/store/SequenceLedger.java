package dev.rollcall.log.store;

import dev.rollcall.log.line.Field;
import dev.rollcall.log.line.LineNormalizer;
import dev.rollcall.log.line.LineScanner;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * Keeps each producer's last stored sequence, and so decides which records are new, duplicate or missing. Thread-safe;
 * one {@link Transaction} at a time.
 *
 * <p>Remembers only the producers heard last; the others count as unknown again.
 */
final class SequenceLedger {
    private final Map<String, ProducerAccount> accounts;

    SequenceLedger(Collection<ProducerAccount> known, int producersMax) {
        accounts = new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1;

            @Override
            protected boolean removeEldestEntry(Map.Entry<String, ProducerAccount> eldest) {
                return size() > producersMax;
            }
        };
        known.forEach(account -> accounts.put(account.producer(), account));
    }

    /** Begins a group of requests, which is entered as a whole or not at all. */
    Transaction begin() {
        return new Transaction();
    }

    /** Returns all producers, the most recent last. */
    synchronized List<ProducerAccount> accounts() {
        return List.copyOf(accounts.values());
    }

    /**
     * Enters a record that is already stored; returns whether its sequence is higher than those before.
     *
     * @param missing how many records before it can't be read. If its sequence is further ahead, the record itself is
     *     corrupt and counts as the next one; otherwise the producer's next records would be taken for duplicates
     */
    boolean replay(String producer, LineNormalizer line, long missing, Instant now) {
        var fields = line.fields();
        var sequence = fields.sequence();
        var first = fields.firstDropped() > 0 ? fields.firstDropped() : sequence;
        var account = find(producer, fields.text(Field.SERVICE), fields.text(Field.INSTANCE), first, now);
        var next = account.lastSequence() + 1;
        if (sequence < next) {
            return false;
        }
        var isCorrupt = first > next + missing;
        enter(Map.of(producer, isCorrupt ? account.received(1, next, now) : counted(account, fields, now)));
        return true;
    }

    private static ProducerAccount counted(ProducerAccount account, LineScanner line, Instant now) {
        return line.firstDropped() > 0
                ? account.dropped(line.sequence() - account.lastSequence(), line.sequence(), now)
                : account.received(1, line.sequence(), now);
    }

    private synchronized ProducerAccount find(
            String producer, String service, String instance, long first, Instant now) {
        var known = accounts.get(producer);
        return known == null ? ProducerAccount.unknown(producer, service, instance, first, now) : known;
    }

    private synchronized void enter(Map<String, ProducerAccount> changed) {
        accounts.putAll(changed);
    }

    /**
     * What to do with a request.
     *
     * @param from the first byte to store; everything before it is already stored
     * @param result the result once the rest is stored
     */
    record Decision(int from, AppendResult result) {}

    /** Requests in the order of their arrival; has no effect before {@link #commit}. */
    final class Transaction {
        private final Map<String, ProducerAccount> changed = new HashMap<>();

        Decision admit(AppendRequest request, Instant now) {
            if (request.numbering().isEmpty()) {
                return new Decision(0, new AppendResult.Stored(OptionalLong.empty()));
            }
            var numbering = request.numbering().get();
            var producer = numbering.producer();
            var staged = changed.get(producer);
            var account = staged == null
                    ? find(producer, request.service(), request.instance(), numbering.first(), now)
                    : staged;
            if (numbering.first() > account.lastSequence() + 1) {
                return new Decision(request.length(), new AppendResult.Gap(account.lastSequence()));
            }
            var duplicates = Math.max(0, Math.min(numbering.count(), account.lastSequence() - numbering.first() + 1));
            var counted = count(request, numbering, duplicates > 0 ? account.repeated(duplicates, now) : account, now);
            changed.put(producer, counted.account());
            var ack = OptionalLong.of(counted.account().lastSequence());
            return new Decision(counted.from(), new AppendResult.Stored(ack));
        }

        private Counted count(AppendRequest request, Numbering numbering, ProducerAccount account, Instant now) {
            if (numbering.last() <= account.lastSequence()) {
                return new Counted(account, request.length());
            }
            if (numbering.first() > account.lastSequence() && !request.hasGaps()) {
                return new Counted(account.received(numbering.count(), numbering.last(), now), 0);
            }
            return countLines(request, account, now);
        }

        /** Counts line by line, since some records are known or stand for several. */
        private Counted countLines(AppendRequest request, ProducerAccount known, Instant now) {
            var line = new LineScanner();
            var bytes = request.bytes();
            var account = known;
            var from = request.length();
            var start = 0;
            for (var i = 0; i < request.length(); i++) {
                if (bytes[i] == '\n') {
                    if (line.scan(bytes, start, i) && line.sequence() > account.lastSequence()) {
                        account = counted(account, line, now);
                        from = Math.min(from, start);
                    }
                    start = i + 1;
                }
            }
            return new Counted(account, from);
        }

        void commit() {
            enter(changed);
        }
    }

    /** A producer's account with a request, and the first byte of the request to store. */
    private record Counted(ProducerAccount account, int from) {}
}
