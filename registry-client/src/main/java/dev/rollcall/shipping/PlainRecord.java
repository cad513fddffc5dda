package dev.rollcall.shipping;

import dev.rollcall.wire.LogRecord;
import java.util.TreeMap;

/**
 * A record in the plain form, as a request body. Its key-values follow the message, because the form has no other
 * place.
 *
 * @param text the body, line end included
 * @param positions where message and stack trace are in it, as the value of {@code Log-Text}
 */
record PlainRecord(String text, String positions) {
    static final String POSITIONS = "Log-Text";

    static PlainRecord of(LogRecord record) {
        var prefix = record.plainPrefix();
        var text = new StringBuilder(prefix).append(record.message());
        new TreeMap<>(record.keys())
                .forEach((key, value) ->
                        text.append(' ').append(key).append("=\"").append(value).append('"'));
        var places = prefix.length() + "-" + (prefix.length() + record.message().length());
        var error = record.error().stripTrailing();
        if (!error.isEmpty()) {
            text.append('\n');
            places += "," + text.length() + "-" + (text.length() + error.length());
            text.append(error);
        }
        return new PlainRecord(text.append('\n').toString(), places);
    }
}
