package dev.rollcall.portal;

import dev.rollcall.discovery.CallFailedException;
import dev.rollcall.discovery.NoProviderException;
import dev.rollcall.http.Answer;
import dev.rollcall.http.Handler;
import dev.rollcall.wire.MalformedJsonException;
import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.Utf8ByteOutput;

/** Makes answers of pages, with the headers that every page has. */
final class Pages {
    private static final String POLICY =
            "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; " + "frame-ancestors 'none'";

    private static final TemplateEngine ENGINE = TemplateEngine.createPrecompiled(
            null, ContentType.Html, Pages.class.getClassLoader(), "dev.rollcall.portal");

    private Pages() {}

    /** A page, from the template of this name and what it shows. */
    static Answer page(int status, String template, Object shown) {
        var html = new Utf8ByteOutput();
        ENGINE.render(template + ".jte", shown, html);
        return Answer.bytes(status, "text/html; charset=utf-8", html.toByteArray())
                .with("Content-Security-Policy", POLICY)
                .with("X-Content-Type-Options", "nosniff")
                // not no-referrer: with that, browsers send "Origin: null" with our own forms (Fetch, 3.2)
                .with("Referrer-Policy", "same-origin")
                .with("Cache-Control", "no-store");
    }

    /** A notice as a page. */
    static Answer notice(Notice notice) {
        var page = page(notice.status(), "notice", notice);
        return notice.isHealing() ? page.with("Retry-After", Integer.toString(Notice.HEALING_SECONDS)) : page;
    }

    /** A handler that answers with a page, also when the grading service can't be asked. */
    static Handler guarded(Handler handler) {
        return request -> {
            try {
                return handler.handle(request);
            } catch (NoProviderException | CallFailedException | MalformedJsonException | UnexpectedReplyException e) {
                return notice(Notice.of(e));
            }
        };
    }
}
