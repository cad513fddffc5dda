package dev.rollcall.log.line;

import dev.rollcall.wire.Severity;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;

/**
 * Scans a record's line in one pass over its bytes, without allocating: checks that it is well-formed JSON in valid
 * UTF-8, and notes the range of each field.
 *
 * <p>Accepts the compact form only, which our own services and the store write: the fields of {@link Field} under
 * exactly these names, each at most once, strings as strings, no whitespace between tokens. Other forms may be valid
 * but need a full JSON parser. Not thread-safe; each {@link #scan} overwrites the result of the one before.
 */
public final class LineScanner {
    private static final int REQUIRED = Field.TIME.bit() | Field.MESSAGE.bit();
    private static final int DIGITS_MAX = 18;
    /** The class of a byte inside a string: 0 for most. */
    private static final byte[] KIND = kinds();

    private static final byte QUOTE = 1;
    private static final byte ESCAPE = 2;
    private static final byte MULTIBYTE = 3;

    private static final byte[] DROPPED_FROM = ascii("{\"from\":");
    private static final byte[] DROPPED_TO = ascii(",\"to\":");
    private static final byte[] DROPPED_REASON = ascii(",\"reason\":\"");

    private final TimeReader times = new TimeReader();
    private final int[] starts = new int[Field.COUNT];
    private final int[] ends = new int[Field.COUNT];
    private byte[] bytes = new byte[0];
    private int to;
    private int at;
    private int seen;
    private int plain;
    private boolean isPlain;
    private long number;
    private long digitsValue;
    private long sequence;
    private long firstDropped;

    /** Returns whether the line, without its line end, is a compact record. Only then are the other methods valid. */
    public boolean scan(byte[] line, int lineFrom, int lineTo) {
        bytes = line;
        to = lineTo;
        at = lineFrom;
        seen = 0;
        plain = 0;
        sequence = 0;
        firstDropped = 0;
        if (lineTo - lineFrom < 2 || bytes[lineFrom] != '{' || bytes[lineTo - 1] != '}') {
            return false;
        }
        do {
            at++;
            if (!field()) {
                return false;
            }
        } while (at < to && bytes[at] == ',');
        return at == to - 1 && (seen & REQUIRED) == REQUIRED && isGapWellNumbered();
    }

    /** Returns whether the record has the field. */
    public boolean has(Field field) {
        return (seen & field.bit()) != 0;
    }

    /** Returns the first byte of a field's value; of a string, the byte after its opening quote. */
    public int start(Field field) {
        return starts[field.place()];
    }

    /** Returns the end of a field's value, exclusive; of a string, its closing quote. */
    public int end(Field field) {
        return ends[field.place()];
    }

    /** Returns whether a field is present and all its bytes are unescaped ASCII, including those inside the keys. */
    public boolean isPlain(Field field) {
        return (plain & field.bit()) != 0;
    }

    /** Returns a string field's decoded value; empty if it is missing. */
    public String text(Field field) {
        return has(field) ? JsonText.decoded(bytes, start(field), end(field)) : "";
    }

    /** Returns whether a field's bytes are exactly these. */
    public boolean is(Field field, byte[] other, int otherFrom, int otherTo) {
        return has(field) && Arrays.equals(bytes, start(field), end(field), other, otherFrom, otherTo);
    }

    /** Returns the record's time in nanoseconds, as {@link Times} counts. */
    public long nanos() {
        return times.nanos();
    }

    /** Compares the record's time to another, exactly: below, at or above 0. */
    public int compareTime(Instant other) {
        return times.compareTo(other);
    }

    /** Returns the record's sequence; 0 if it has none. */
    public long sequence() {
        return sequence;
    }

    /** Returns the first sequence announced as dropped, the last being the record's own; 0 if there is none. */
    public long firstDropped() {
        return firstDropped;
    }

    /** Returns the severity of the record's level. */
    public Severity severity() {
        if (!has(Field.LEVEL)) {
            return Severity.INFO;
        }
        for (var severity : Severity.ALL) {
            var name = severity.name();
            if (end(Field.LEVEL) - start(Field.LEVEL) == name.length() && startsWith(start(Field.LEVEL), name)) {
                return severity;
            }
        }
        return Severity.of(text(Field.LEVEL));
    }

    private boolean startsWith(int from, String name) {
        for (var i = 0; i < name.length(); i++) {
            if (bytes[from + i] != name.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** Returns whether a gap record's own sequence is the last of those that it announces. */
    private boolean isGapWellNumbered() {
        return firstDropped == 0 || (firstDropped <= sequence && number == sequence);
    }

    /** Scans a name, a colon and a value; leaves {@code at} after it. */
    private boolean field() {
        var nameFrom = at + 1;
        if (!string() || at >= to || bytes[at] != ':') {
            return false;
        }
        var field = Field.at(bytes, nameFrom, at - 1);
        if (field == null || has(field)) {
            return false;
        }
        at++;
        seen |= field.bit();
        starts[field.place()] = at;
        isPlain = true;
        return switch (field) {
            case SEQUENCE -> number(field);
            case KEYS -> keys();
            case DROPPED -> dropped();
            default -> text(field, at + 1);
        };
    }

    private boolean text(Field field, int from) {
        if (!string()) {
            return false;
        }
        starts[field.place()] = from;
        noteEnd(field, at - 1);
        return field != Field.TIME || times.read(bytes, from, at - 1);
    }

    private boolean number(Field field) {
        if (!digits()) {
            return false;
        }
        sequence = digitsValue;
        noteEnd(field, at);
        return true;
    }

    private boolean keys() {
        if (at >= to || bytes[at] != '{') {
            return false;
        }
        at++;
        if (at < to && bytes[at] == '}') {
            at++;
            noteEnd(Field.KEYS, at);
            return true;
        }
        while (true) {
            if (!string() || at >= to || bytes[at] != ':') {
                return false;
            }
            at++;
            if (!string() || at >= to) {
                return false;
            }
            if (bytes[at] != ',') {
                break;
            }
            at++;
        }
        if (bytes[at] != '}') {
            return false;
        }
        at++;
        noteEnd(Field.KEYS, at);
        return true;
    }

    private boolean dropped() {
        if (!literal(DROPPED_FROM) || !digits()) {
            return false;
        }
        firstDropped = digitsValue;
        if (!literal(DROPPED_TO) || !digits()) {
            return false;
        }
        number = digitsValue;
        if (!literal(DROPPED_REASON)) {
            return false;
        }
        at--;
        if (!string() || at >= to || bytes[at] != '}') {
            return false;
        }
        at++;
        noteEnd(Field.DROPPED, at);
        return true;
    }

    private void noteEnd(Field field, int end) {
        ends[field.place()] = end;
        if (isPlain) {
            plain |= field.bit();
        }
    }

    private boolean literal(byte[] wanted) {
        if (at + wanted.length > to || !Arrays.equals(bytes, at, at + wanted.length, wanted, 0, wanted.length)) {
            return false;
        }
        at += wanted.length;
        return true;
    }

    /** Scans a whole number above 0 without leading zeros. */
    private boolean digits() {
        var from = at;
        var value = 0L;
        while (at < to && bytes[at] >= '0' && bytes[at] <= '9' && at - from <= DIGITS_MAX) {
            value = value * 10 + bytes[at] - '0';
            at++;
        }
        digitsValue = value;
        return at > from && at - from <= DIGITS_MAX && bytes[from] != '0';
    }

    /** Scans a string with its quotes; leaves {@code at} after it. */
    private boolean string() {
        if (at >= to || bytes[at] != '"') {
            return false;
        }
        // local copies: the JIT would reload fields for each byte
        var line = bytes;
        var end = to;
        var i = at + 1;
        while (i < end) {
            var kind = KIND[line[i] & 0xff];
            if (kind == 0) {
                i++;
                continue;
            }
            if (kind == QUOTE) {
                at = i + 1;
                return true;
            }
            var length = kind == MULTIBYTE ? Utf8.sequence(line, i, end) : kind == ESCAPE ? escape(i) : 0;
            if (length == 0) {
                return false;
            }
            isPlain = false;
            i += length;
        }
        return false;
    }

    /** Returns the length of the escape sequence that begins there; 0 if it is malformed or an unpaired surrogate. */
    private int escape(int from) {
        if (from + 1 >= to) {
            return 0;
        }
        return switch (bytes[from + 1]) {
            case '"', '\\', '/', 'b', 'f', 'n', 'r', 't' -> 2;
            case 'u' -> unicode(from + 2) ? 6 : 0;
            default -> 0;
        };
    }

    private boolean unicode(int from) {
        if (from + 4 > to) {
            return false;
        }
        var value = 0;
        for (var i = from; i < from + 4; i++) {
            var digit = Character.digit(bytes[i], 16);
            if (digit < 0) {
                return false;
            }
            value = value * 16 + digit;
        }
        return !Character.isSurrogate((char) value);
    }

    private static byte[] kinds() {
        var kinds = new byte[256];
        Arrays.fill(kinds, 0, ' ', (byte) 4);
        Arrays.fill(kinds, 0x80, 0x100, (byte) 3);
        kinds['"'] = 1;
        kinds['\\'] = 2;
        return kinds;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
