package dev.rollcall.log.line;

/** Validates UTF-8 (RFC 3629): no overlong forms, no surrogates, nothing above U+10FFFF. */
public final class Utf8 {
    private Utf8() {}

    public static boolean isValid(byte[] bytes, int from, int to) {
        var i = from;
        while (i < to) {
            if (bytes[i] >= 0) {
                i++;
            } else {
                var length = sequence(bytes, i, to);
                if (length == 0) {
                    return false;
                }
                i += length;
            }
        }
        return true;
    }

    /** Returns the length of the multi-byte sequence that begins there; 0 if it is malformed. */
    static int sequence(byte[] bytes, int at, int to) {
        var first = bytes[at] & 0xff;
        var length = first < 0xc2 ? 0 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : first < 0xf5 ? 4 : 0;
        if (length == 0 || at + length > to) {
            return 0;
        }
        for (var i = at + 1; i < at + length; i++) {
            if ((bytes[i] & 0xc0) != 0x80) {
                return 0;
            }
        }
        var second = bytes[at + 1] & 0xff;
        var isWrong = switch (first) {
            case 0xe0 -> second < 0xa0;
            case 0xed -> second > 0x9f;
            case 0xf0 -> second < 0x90;
            case 0xf4 -> second > 0x8f;
            default -> false;
        };
        return isWrong ? 0 : length;
    }
}
