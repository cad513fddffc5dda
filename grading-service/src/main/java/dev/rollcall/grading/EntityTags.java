package dev.rollcall.grading;

import dev.rollcall.grading.book.Versions;
import dev.rollcall.http.ProblemException;
import dev.rollcall.http.Request;
import dev.rollcall.wire.Problem;
import java.util.HashSet;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Entity tags in conditional requests (RFC 9110, section 13). A tag is a version, optionally followed by the revision
 * of the gradebook at which it was read: {@code "3"}, {@code "3.1042"}. Changes are conditional on the version only.
 */
final class EntityTags {
    private static final Pattern TAG = Pattern.compile("(W/)?\"([^\"]*)\"");
    private static final Pattern VERSION = Pattern.compile("(\\d{1,10})(\\.\\d+)?");

    private EntityTags() {}

    /** Returns the versions in {@code If-Match}; 428 without it. */
    static Versions required(Request request) {
        return ifMatch(request)
                .orElseThrow(() -> new ProblemException(Problem.of(
                        428,
                        "Precondition required",
                        "send If-Match with the ETag or the Version of what you have seen, so that no other change is"
                                + " overwritten")));
    }

    /** Returns the versions in {@code If-Match}, if present. */
    static Optional<Versions> ifMatch(Request request) {
        return request.header("If-Match").map(EntityTags::versions);
    }

    /** Returns whether {@code If-None-Match: *} requires that nothing exists yet. */
    static boolean isCreateOnly(Request request) {
        return request.header("If-None-Match")
                .map(String::strip)
                .filter("*"::equals)
                .isPresent();
    }

    /** Returns whether {@code If-None-Match} has this tag. */
    static boolean isNotModified(Request request, String quoted) {
        var header = request.header("If-None-Match");
        if (header.isEmpty()) {
            return false;
        }
        if (header.get().strip().equals("*")) {
            return true;
        }
        return TAG.matcher(header.get()).results().anyMatch(match -> quoted.equals('"' + match.group(2) + '"'));
    }

    /** Ignores weak tags (section 13.1.1) and tags in another format. */
    private static Versions versions(String header) {
        var seen = new HashSet<Integer>();
        TAG.matcher(header)
                .results()
                .filter(match -> match.group(1) == null)
                .map(match -> VERSION.matcher(match.group(2)))
                .filter(version -> version.matches())
                .map(version -> Long.parseLong(version.group(1)))
                .filter(version -> version <= Integer.MAX_VALUE)
                .forEach(version -> seen.add(version.intValue()));
        return new Versions(header.strip().equals("*"), seen);
    }
}
