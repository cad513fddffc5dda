package dev.rollcall.portal;

import dev.rollcall.http.Answer;
import dev.rollcall.http.Request;
import dev.rollcall.http.Routes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Objects;

/** What belongs to all pages: the style sheet, and the page for addresses at which nothing is. */
final class SiteRoutes {
    private final byte[] style = read("style.css");

    /** Mistyped addresses get a page up to three segments; the server's own 404 answers those beyond. */
    Routes routes() {
        return Routes.NONE
                .get("/style.css", this::style)
                .get("/{first}", SiteRoutes::nowhere)
                .get("/{first}/{second}", SiteRoutes::nowhere)
                .get("/{first}/{second}/{third}", SiteRoutes::nowhere);
    }

    private Answer style(Request request) {
        return Answer.bytes(200, "text/css; charset=utf-8", style)
                .with("X-Content-Type-Options", "nosniff")
                .with("Cache-Control", "max-age=60");
    }

    private static Answer nowhere(Request request) {
        return Pages.notice(Notice.NOWHERE);
    }

    private static byte[] read(String resource) {
        try (var in = Objects.requireNonNull(SiteRoutes.class.getResourceAsStream(resource), resource)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
