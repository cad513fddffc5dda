package dev.rollcall.portal.page;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * The text of a file that somebody chose. A byte order mark says how it is encoded; without one it is UTF-8 or, if it
 * can't be that, taken for Windows-1252, in which many spreadsheets save.
 *
 * @param encoding how it was read
 * @param isGuessed whether it could be another encoding of 8 bits, too
 */
record FileText(String text, String encoding, boolean isGuessed) {
    private static final Charset WINDOWS_1252 = Charset.forName("windows-1252");

    /** Reads it; empty if it is no text. */
    static Optional<FileText> read(byte[] bytes) {
        if (beginsWith(bytes, 0xef, 0xbb, 0xbf)) {
            return known(bytes, 3, StandardCharsets.UTF_8);
        }
        if (beginsWith(bytes, 0xff, 0xfe)) {
            return known(bytes, 2, StandardCharsets.UTF_16LE);
        }
        if (beginsWith(bytes, 0xfe, 0xff)) {
            return known(bytes, 2, StandardCharsets.UTF_16BE);
        }
        return known(bytes, 0, StandardCharsets.UTF_8)
                .or(() -> text(bytes, 0, WINDOWS_1252).map(text -> new FileText(text, "Windows-1252", true)));
    }

    /** Bytes from a place on as text; empty if they are none in this encoding. */
    static Optional<String> decoded(byte[] bytes, int from, Charset charset) {
        try {
            var text = charset.newDecoder().decode(ByteBuffer.wrap(bytes, from, bytes.length - from));
            return Optional.of(text.toString());
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }

    private static Optional<FileText> known(byte[] bytes, int from, Charset charset) {
        return text(bytes, from, charset).map(text -> new FileText(text, charset.name(), false));
    }

    /** Characters that no text has stand for something else: a workbook, or two bytes each. */
    private static Optional<String> text(byte[] bytes, int from, Charset charset) {
        return decoded(bytes, from, charset)
                .filter(text -> text.chars().noneMatch(c -> c < ' ' && c != '\t' && c != '\r' && c != '\n'));
    }

    private static boolean beginsWith(byte[] bytes, int... mark) {
        for (var i = 0; i < mark.length; i++) {
            if (i >= bytes.length || (bytes[i] & 0xff) != mark[i]) {
                return false;
            }
        }
        return true;
    }
}
