package dev.rollcall.portal.page;

import dev.rollcall.http.ProblemException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Parses multipart forms (RFC 7578). A file's content is its field's value, as text. If the encoding was guessed, the
 * field named by its name and {@link #READ_AS} holds the guess.
 */
final class Multipart {
    static final String TYPE = "multipart/form-data";
    /** Suffix of a file's field name. */
    static final String READ_AS = "-read-as";

    private static final Pattern BOUNDARY =
            Pattern.compile(";\\s*boundary=(?:\"([^\"]{1,70})\"|([^\\s;\"]{1,70}))", Pattern.CASE_INSENSITIVE);
    private static final Pattern NAME = Pattern.compile(";\\s*name=\"([^\"]*)\"", Pattern.CASE_INSENSITIVE);
    private static final Pattern FILE = Pattern.compile(";\\s*filename\\*?=", Pattern.CASE_INSENSITIVE);
    private static final String LINE_END = "\r\n";

    private Multipart() {}

    /**
     * Returns the fields; throws {@link ProblemException} 400 if the body is malformed. Of a repeated name, the first
     * non-empty value counts.
     */
    static Map<String, String> fields(String contentType, byte[] body) {
        var boundary = BOUNDARY.matcher(contentType);
        if (!boundary.find()) {
            throw ProblemException.badRequest("multipart/form-data names its boundary");
        }
        var delimiter = LINE_END + "--" + (boundary.group(1) == null ? boundary.group(2) : boundary.group(1));
        // one char per byte, so that the boundary is found in any encoding
        var text = LINE_END + new String(body, StandardCharsets.ISO_8859_1);
        var fields = new LinkedHashMap<String, String>();
        var at = text.indexOf(delimiter);
        while (at >= 0 && !text.startsWith("--", at + delimiter.length())) {
            var start = at + delimiter.length();
            at = text.indexOf(delimiter, start);
            if (at < 0) {
                throw ProblemException.badRequest("the form's last part has no end");
            }
            add(text.substring(start, at), fields);
        }
        return fields;
    }

    private static void add(String part, Map<String, String> fields) {
        var head = part.indexOf(LINE_END + LINE_END);
        var name = NAME.matcher(head < 0 ? "" : part.substring(0, head));
        if (!name.find()) {
            throw ProblemException.badRequest("each part of the form has a name");
        }
        var value = part.substring(head + 2 * LINE_END.length()).getBytes(StandardCharsets.ISO_8859_1);
        var field = utf8(name.group(1).getBytes(StandardCharsets.ISO_8859_1), "a field's name");
        if (!FILE.matcher(part.substring(0, head)).find()) {
            put(fields, field, utf8(value, field));
            return;
        }
        var file = FileText.read(value)
                .orElseThrow(() -> ProblemException.badRequest(
                        "the file is no text; a spreadsheet must be saved as CSV, preferably CSV UTF-8"));
        put(fields, field, file.text());
        if (file.isGuessed()) {
            put(fields, field + READ_AS, file.encoding());
        }
    }

    private static void put(Map<String, String> fields, String name, String value) {
        fields.merge(name, value, (first, second) -> first.isEmpty() ? second : first);
    }

    private static String utf8(byte[] bytes, String what) {
        return FileText.decoded(bytes, 0, StandardCharsets.UTF_8)
                .orElseThrow(() -> ProblemException.badRequest(what + " is not in UTF-8"));
    }
}
