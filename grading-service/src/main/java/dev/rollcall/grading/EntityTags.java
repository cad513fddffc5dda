package dev.rollcall.grading;

import dev.rollcall.grading.book.Versions;
import dev.rollcall.http.ProblemException;
import dev.rollcall.http.Request;
import dev.rollcall.wire.Problem;
import java.util.HashSet;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Entity tags in conditions (RFC 9110, section 13). A tag is a version, or a version and the revision of the book it was
 * read at with a dot between: {@code "3"}, {@code "3.1042"}. A change is made on condition of the version only.
 */
final class EntityTags {
    private static final Pattern TAG = Pattern.compile("(W/)?\"([^\"]*)\"");
    private static final Pattern VERSION = Pattern.compile("(\\d{1,10})(\\.\\d+)?");

    private EntityTags() {}

    /** Which versions {@code If-Match} names; 428 without it. */
    static Versions required(Request request) {
        return ifMatch(request)
                .orElseThrow(() -> new ProblemException(Problem.of(
                        428,
                        "Precondition required",
                        "send If-Match with the ETag or the Version of what you have seen, so that nobody's change is"
                                + " overwritten unseen")));
    }

    /** Which versions {@code If-Match} names, if it is there. */
    static Optional<Versions> ifMatch(Request request) {
        return request.header("If-Match").map(EntityTags::versions);
    }

    /** Whether {@code If-None-Match} says that there must be nothing yet. */
    static boolean isForNew(Request request) {
        return request.header("If-None-Match")
                .map(String::strip)
                .filter("*"::equals)
                .isPresent();
    }

    /** Whether {@code If-None-Match} has this tag. */
    static boolean isKnown(Request request, String quoted) {
        var header = request.header("If-None-Match");
        if (header.isEmpty()) {
            return false;
        }
        if (header.get().strip().equals("*")) {
            return true;
        }
        return TAG.matcher(header.get()).results().anyMatch(match -> quoted.equals('"' + match.group(2) + '"'));
    }

    /** Weak tags don't count here (section 13.1.1), nor do those that aren't ours. */
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
