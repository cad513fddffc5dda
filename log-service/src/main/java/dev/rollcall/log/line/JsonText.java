package dev.rollcall.log.line;

import java.nio.charset.StandardCharsets;

/** Decodes JSON strings that are known to be well-formed. */
final class JsonText {
    private JsonText() {}

    /** Returns the text between the quotes. */
    static String decoded(byte[] bytes, int from, int to) {
        var raw = new String(bytes, from, to - from, StandardCharsets.UTF_8);
        var escape = raw.indexOf('\\');
        if (escape < 0) {
            return raw;
        }
        var text = new StringBuilder(raw.length());
        var done = 0;
        while (escape >= 0) {
            text.append(raw, done, escape);
            var kind = raw.charAt(escape + 1);
            if (kind == 'u') {
                text.append((char) Integer.parseInt(raw, escape + 2, escape + 6, 16));
                done = escape + 6;
            } else {
                text.append(unescaped(kind));
                done = escape + 2;
            }
            escape = raw.indexOf('\\', done);
        }
        return text.append(raw, done, raw.length()).toString();
    }

    private static char unescaped(char kind) {
        return switch (kind) {
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'b' -> '\b';
            case 'f' -> '\f';
            default -> kind;
        };
    }
}
