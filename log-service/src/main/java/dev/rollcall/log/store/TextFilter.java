package dev.rollcall.log.store;

import java.nio.ByteBuffer;
import java.util.Locale;

/**
 * Rules out texts that do not occur in a block, so that the block need not be read (a Bloom filter, 1970). A text that
 * is not ruled out may or may not occur.
 *
 * <p>Holds every three consecutive characters in lower case, so that parts of words are found too. Trace ids and
 * instances are held as a whole, since their characters would soon fill all combinations. Not thread-safe.
 */
public final class TextFilter {
    /** The size of a filter on disk. */
    static final int BYTES = 4_096;
    /** The minimum length of a text that the filter can rule out. */
    public static final int GRAM_LENGTH = 3;

    private static final int BITS = BYTES * Byte.SIZE;
    private static final int HASHES = 3;

    private final long[] words = new long[BYTES / Long.BYTES];

    /** Adds a text in lower case. */
    void add(CharSequence lower) {
        for (var i = 0; i + GRAM_LENGTH <= lower.length(); i++) {
            set(gram(lower.charAt(i), lower.charAt(i + 1), lower.charAt(i + 2)));
        }
    }

    /** Adds an ASCII text in any case, by its bytes. */
    void add(byte[] text, int from, int to) {
        if (to - from < GRAM_LENGTH) {
            return;
        }
        var first = lower(text[from]);
        var second = lower(text[from + 1]);
        for (var i = from + 2; i < to; i++) {
            var third = lower(text[i]);
            set(gram(first, second, third));
            first = second;
            second = third;
        }
    }

    /** Adds a text that is searched as a whole. */
    void addWhole(String kind, String text) {
        var hash = hash(kind, text);
        for (var i = 0; i < HASHES; i++) {
            set(nth(hash, i));
        }
    }

    /** Returns whether a text in lower case may be part of an added one. */
    public boolean mayContain(CharSequence lower) {
        for (var i = 0; i + GRAM_LENGTH <= lower.length(); i++) {
            if (!isSet(gram(lower.charAt(i), lower.charAt(i + 1), lower.charAt(i + 2)))) {
                return false;
            }
        }
        return true;
    }

    /** Returns whether a text may have been added as a whole. */
    public boolean mayHold(String kind, String text) {
        var hash = hash(kind, text);
        for (var i = 0; i < HASHES; i++) {
            if (!isSet(nth(hash, i))) {
                return false;
            }
        }
        return true;
    }

    byte[] bytes() {
        var bytes = ByteBuffer.allocate(BYTES);
        bytes.asLongBuffer().put(words);
        return bytes.array();
    }

    static TextFilter of(byte[] bytes) {
        var filter = new TextFilter();
        ByteBuffer.wrap(bytes).asLongBuffer().get(filter.words);
        return filter;
    }

    private void set(int bit) {
        words[bit >> 6] |= 1L << bit;
    }

    private boolean isSet(int bit) {
        return (words[bit >> 6] & (1L << bit)) != 0;
    }

    private static int gram(int first, int second, int third) {
        var mixed = (first * 31 + second) * 31 + third;
        return ((mixed * 0x9e3779b1) >>> 8) % BITS;
    }

    private static long hash(String kind, String text) {
        var hash = 0xcbf29ce484222325L;
        var all = kind + text.toLowerCase(Locale.ROOT);
        for (var i = 0; i < all.length(); i++) {
            hash = (hash ^ all.charAt(i)) * 0x100000001b3L;
        }
        return hash;
    }

    private static int nth(long hash, int n) {
        var step = ((hash & 0xffffffffL) >>> 1) | 1;
        return (int) (((hash >>> 1) + n * step) & (BITS - 1));
    }

    private static int lower(byte letter) {
        return letter >= 'A' && letter <= 'Z' ? letter + ('a' - 'A') : letter;
    }
}
