package dev.rollcall.portal.gradebook;

import dev.rollcall.discovery.ClientResponse;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads entity tags (RFC 9110, 8.8.3) and rejects those that can't be sent back in a header. */
final class EntityTag {
    /** Long enough for any hash; the bound limits the memory per cached URL. */
    private static final Pattern VALID = Pattern.compile("(W/)?\"[!#-~]{0,200}\"");

    private EntityTag() {}

    /** Returns the tag of a response; empty if it has none, or an invalid one. */
    static Optional<String> of(ClientResponse response) {
        return response.header("ETag").filter(tag -> VALID.matcher(tag).matches());
    }
}
