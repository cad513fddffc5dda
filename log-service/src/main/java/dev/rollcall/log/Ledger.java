package dev.rollcall.log;

import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * Knows each producer's last stored sequence, and so what is new, what is a duplicate and what is missing. Thread-safe;
 * one {@link Entry} at a time.
 *
 * <p>Only the producers heard last are remembered, the others are unknown again.
 */
final class Ledger {
    private final Map<String, ProducerAccount> accounts;

    Ledger(Collection<ProducerAccount> known, int producersMax) {
        accounts = new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1;

            @Override
            protected boolean removeEldestEntry(Map.Entry<String, ProducerAccount> eldest) {
                return size() > producersMax;
            }
        };
        known.forEach(account -> accounts.put(account.producer(), account));
    }

    /** Begins a group of submissions, which is entered wholly or not at all. */
    Entry begin() {
        return new Entry();
    }

    /** All producers, the one heard last at the end. */
    synchronized List<ProducerAccount> accounts() {
        return List.copyOf(accounts.values());
    }

    private synchronized ProducerAccount find(Numbering numbering, Instant now) {
        var known = accounts.get(numbering.producer());
        return known == null ? ProducerAccount.unknown(numbering, now) : known;
    }

    private synchronized void enter(Map<String, ProducerAccount> changed) {
        accounts.putAll(changed);
    }

    /** What to do with a submission: how many lines to skip, and what to answer when the others are stored. */
    record Decision(int skip, Receipt receipt) {}

    /** Submissions in the order of their arrival, not in force before {@link #commit}. */
    final class Entry {
        private final Map<String, ProducerAccount> changed = new HashMap<>();

        Decision admit(Submission submission, Instant now) {
            if (submission.numbering().isEmpty()) {
                return new Decision(0, new Receipt.Stored(OptionalLong.empty()));
            }
            var numbering = submission.numbering().get();
            var staged = changed.get(numbering.producer());
            var account = staged == null ? find(numbering, now) : staged;
            if (numbering.first() > account.lastSequence() + 1) {
                return new Decision(submission.lines().size(), new Receipt.Gap(account.lastSequence()));
            }
            var known = Math.max(0, Math.min(numbering.count(), account.lastSequence() - numbering.first() + 1));
            var after = account.after(numbering, known, now);
            changed.put(numbering.producer(), after);
            return new Decision((int) known, new Receipt.Stored(OptionalLong.of(after.lastSequence())));
        }

        void commit() {
            enter(changed);
        }
    }
}
