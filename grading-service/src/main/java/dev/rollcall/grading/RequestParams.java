package dev.rollcall.grading;

import dev.rollcall.grading.book.Author;
import dev.rollcall.grading.book.IdempotencyKey;
import dev.rollcall.http.ProblemException;
import dev.rollcall.http.Request;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/** Reads requests' path values and headers: ids, the author, the idempotency key. */
final class RequestParams {
    private static final Pattern ID = Pattern.compile("[1-9][0-9]{0,8}");
    private static final int NAME_LENGTH_MAX = 100;
    private static final int REASON_LENGTH_MAX = 500;
    private static final int KEY_LENGTH_MAX = 255;

    private RequestParams() {}

    /** Parses an id in the path; throws {@code notFound} if it is not one. */
    static int id(Request request, String name, Supplier<ProblemException> notFound) {
        var text = request.pathValue(name);
        if (!ID.matcher(text).matches()) {
            throw notFound.get();
        }
        return Integer.parseInt(text);
    }

    static int student(Request request) {
        return id(
                request,
                "id",
                () -> ProblemException.notFound("there is no student of this id; GET /students lists them"));
    }

    static int grade(Request request) {
        return id(
                request,
                "grade",
                () -> ProblemException.notFound("this student has no grade of this id; GET /students/{id} lists them"));
    }

    static int item(Request request, String name) {
        return id(request, name, () -> ProblemException.notFound("there is no item of this id; GET /items lists them"));
    }

    static Author author(Request request) {
        return author(request, Optional.empty());
    }

    static Author author(Request request, Optional<String> reason) {
        var name = header(request, "Rollcall-User", NAME_LENGTH_MAX);
        return new Author(
                name.isBlank() ? "unknown" : name,
                reason.map(text -> onOneLine(text, REASON_LENGTH_MAX))
                        .filter(text -> !text.isBlank())
                        .orElseGet(() -> header(request, "Rollcall-Reason", REASON_LENGTH_MAX)),
                request.trace().trace());
    }

    /** Returns the key that makes a POST repeatable, with a digest of the request. */
    static Optional<IdempotencyKey> key(Request request, byte[] body) {
        var key = request.header("Idempotency-Key");
        if (key.isEmpty()) {
            return Optional.empty();
        }
        if (key.get().isBlank() || key.get().length() > KEY_LENGTH_MAX) {
            throw ProblemException.badRequest("Idempotency-Key has 1 to " + KEY_LENGTH_MAX + " characters");
        }
        return Optional.of(new IdempotencyKey(key.get(), digest(request, body)));
    }

    private static String digest(Request request, byte[] body) {
        try {
            var sha = MessageDigest.getInstance("SHA-256");
            sha.update((request.method() + " " + request.path() + "\n").getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(sha.digest(body));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private static String header(Request request, String name, int lengthMax) {
        return onOneLine(decoded(request.header(name).orElse("")), lengthMax);
    }

    /** Decodes UTF-8: the JDK's server decodes header bytes as Latin-1, but most clients send UTF-8. */
    private static String decoded(String header) {
        if (header.chars().allMatch(c -> c < 0x80) || header.chars().anyMatch(c -> c > 0xff)) {
            return header;
        }
        try {
            var bytes = ByteBuffer.wrap(header.getBytes(StandardCharsets.ISO_8859_1));
            return StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
        } catch (CharacterCodingException e) {
            return header;
        }
    }

    private static String onOneLine(String text, int lengthMax) {
        var points = text.codePoints()
                .map(c -> Character.isISOControl(c) || Character.getType(c) == Character.SURROGATE ? '?' : c)
                .limit(lengthMax)
                .toArray();
        return new String(points, 0, points.length).strip();
    }
}
