package dev.rollcall.portal.page;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * The text of an uploaded file. A byte order mark determines the encoding. Without one it is UTF-8 or, where that
 * fails, Windows-1252, in which many spreadsheets save.
 *
 * @param encoding the encoding used
 * @param isGuessed whether another 8-bit encoding is possible
 */
record FileText(String text, String encoding, boolean isGuessed) {
    private static final Charset WINDOWS_1252 = Charset.forName("windows-1252");

    /** Decodes a file; empty if it is not text. */
    static Optional<FileText> read(byte[] bytes) {
        if (beginsWith(bytes, 0xef, 0xbb, 0xbf)) {
            return decodedAs(bytes, 3, StandardCharsets.UTF_8);
        }
        if (beginsWith(bytes, 0xff, 0xfe)) {
            return decodedAs(bytes, 2, StandardCharsets.UTF_16LE);
        }
        if (beginsWith(bytes, 0xfe, 0xff)) {
            return decodedAs(bytes, 2, StandardCharsets.UTF_16BE);
        }
        return decodedAs(bytes, 0, StandardCharsets.UTF_8)
                .or(() -> text(bytes, 0, WINDOWS_1252).map(text -> new FileText(text, "Windows-1252", true)));
    }

    /** Decodes bytes from an offset on; empty if they are malformed in this encoding. */
    static Optional<String> decoded(byte[] bytes, int from, Charset charset) {
        try {
            var text = charset.newDecoder().decode(ByteBuffer.wrap(bytes, from, bytes.length - from));
            return Optional.of(text.toString());
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }

    private static Optional<FileText> decodedAs(byte[] bytes, int from, Charset charset) {
        return text(bytes, from, charset).map(text -> new FileText(text, charset.name(), false));
    }

    /** Rejects control characters, which text doesn't have: they indicate a workbook or a two-byte encoding. */
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
