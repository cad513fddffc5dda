package dev.rollcall.log;

import dev.rollcall.http.ProblemException;
import dev.rollcall.http.Request;
import dev.rollcall.log.store.Numbering;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/** Parses {@code Log-Producer} and {@code Log-Sequence}: a request's producer and its records' sequences. */
final class NumberingHeaders {
    private static final Pattern RANGE = Pattern.compile("(\\d{1,18})-(\\d{1,18})");
    private static final int UUID_LENGTH = 36;

    private NumberingHeaders() {}

    /** Returns the numbering; empty without the headers, which plain services do not send. */
    static Optional<Numbering> of(Request request) {
        var producer = request.header("Log-Producer");
        var sequence = request.header("Log-Sequence");
        if (producer.isEmpty() && sequence.isEmpty()) {
            return Optional.empty();
        }
        var range = RANGE.matcher(sequence.orElse("").strip());
        if (producer.isEmpty() || !range.matches()) {
            throw ProblemException.badRequest("Log-Producer is a UUID and Log-Sequence is FIRST-LAST; both or none");
        }
        try {
            return Optional.of(new Numbering(
                    uuid(producer.get().strip()), Long.parseLong(range.group(1)), Long.parseLong(range.group(2))));
        } catch (IllegalArgumentException e) {
            throw ProblemException.badRequest("Log-Producer and Log-Sequence: " + e.getMessage());
        }
    }

    private static String uuid(String text) {
        if (text.length() != UUID_LENGTH) {
            throw new IllegalArgumentException("a UUID has 36 characters");
        }
        return UUID.fromString(text).toString();
    }
}
