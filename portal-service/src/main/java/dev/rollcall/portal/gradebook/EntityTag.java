package dev.rollcall.portal.gradebook;

import dev.rollcall.discovery.ClientResponse;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads entity tags (RFC 9110, 8.8.3) of a peer, so that what is kept of it can always be sent again. */
final class EntityTag {
    /** Long enough for any hash; a tag is kept with each address. */
    private static final Pattern VALID = Pattern.compile("(W/)?\"[!#-~]{0,200}\"");

    private EntityTag() {}

    /** Returns the tag of a reply; empty if it has none, or one that is not valid. */
    static Optional<String> of(ClientResponse clientResponse) {
        return clientResponse.header("ETag").filter(tag -> VALID.matcher(tag).matches());
    }
}
