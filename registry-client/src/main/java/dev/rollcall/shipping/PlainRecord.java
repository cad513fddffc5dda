package dev.rollcall.shipping;

import dev.rollcall.wire.LogRecord;
import java.util.TreeMap;

/**
 * A record in the plain form, as the body of a request. Its key-values stand behind the message, since there is no other
 * place for them.
 *
 * @param text the body, its line end included
 * @param places where message and stack trace stand in it, as {@code Log-Text} says it
 */
record PlainRecord(String text, String places) {
    static final String PLACES = "Log-Text";

    static PlainRecord of(LogRecord record) {
        var begin = record.plainPrefix();
        var text = new StringBuilder(begin).append(record.message());
        new TreeMap<>(record.keys())
                .forEach((key, value) ->
                        text.append(' ').append(key).append("=\"").append(value).append('"'));
        var places = begin.length() + "-" + (begin.length() + record.message().length());
        var error = record.error().stripTrailing();
        if (!error.isEmpty()) {
            text.append('\n');
            places += "," + text.length() + "-" + (text.length() + error.length());
            text.append(error);
        }
        return new PlainRecord(text.append('\n').toString(), places);
    }
}
