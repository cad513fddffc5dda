package dev.rollcall.portal.page;

import dev.rollcall.http.ProblemException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/** Reads forms that bring files (RFC 7578). A file's content is its field's value, as text in UTF-8. */
final class Multipart {
    static final String TYPE = "multipart/form-data";

    private static final Pattern BOUNDARY =
            Pattern.compile(";\\s*boundary=(?:\"([^\"]{1,70})\"|([^\\s;\"]{1,70}))", Pattern.CASE_INSENSITIVE);
    private static final Pattern NAME = Pattern.compile(";\\s*name=\"([^\"]*)\"", Pattern.CASE_INSENSITIVE);
    private static final String LINE_END = "\r\n";

    private Multipart() {}

    /** The fields; throws {@link ProblemException} 400 if it isn't such a body. Of a name twice, the first filled one. */
    static Map<String, String> fields(String contentType, byte[] body) {
        var boundary = BOUNDARY.matcher(contentType);
        if (!boundary.find()) {
            throw ProblemException.badRequest("multipart/form-data names its boundary");
        }
        var delimiter = LINE_END + "--" + (boundary.group(1) == null ? boundary.group(2) : boundary.group(1));
        // one char a byte, so that the boundary is found whatever the bytes mean
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
        var value = part.substring(head + 2 * LINE_END.length());
        fields.merge(utf8(name.group(1)), utf8(value), (first, second) -> first.isEmpty() ? second : first);
    }

    private static String utf8(String bytes) {
        return new String(bytes.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    }
}
