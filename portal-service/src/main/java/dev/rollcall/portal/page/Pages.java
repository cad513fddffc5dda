package dev.rollcall.portal.page;

import dev.rollcall.http.Answer;
import dev.rollcall.http.Request;
import dev.rollcall.http.TraceContext;
import dev.rollcall.wire.Problem;
import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.Utf8ByteOutput;
import java.nio.charset.StandardCharsets;

/** Makes pages from templates. */
public final class Pages {
    private static final TemplateEngine ENGINE = TemplateEngine.createPrecompiled(
            null, ContentType.Html, Pages.class.getClassLoader(), "dev.rollcall.portal");

    private Pages() {}

    /** A page from the template of this name and what it shows. */
    public static Page page(String template, Object shown) {
        return new Page(bytes(template, shown));
    }

    /** A page as the answer to a request. */
    public static Answer answer(Request request, int status, String template, Object shown) {
        return page(template, shown).answer(status, request.trace());
    }

    /** A piece of a page. */
    public static String piece(String template, Object shown) {
        return new String(bytes(template, shown), StandardCharsets.UTF_8);
    }

    /** A notice as the answer to a request. */
    public static Answer notice(Request request, Notice notice) {
        return notice(request.trace(), request.method().equals("POST") ? notice.ofPosted() : notice);
    }

    /** What browsers are told of a problem that no page of ours deals with. */
    public static Answer problem(Problem problem, TraceContext trace) {
        return notice(trace, Notice.of(problem));
    }

    private static Answer notice(TraceContext trace, Notice notice) {
        var answer = page("page/notice", notice).answer(notice.status(), trace);
        return notice.status() == 503 ? answer.with("Retry-After", Integer.toString(Notice.HEALING_SECONDS)) : answer;
    }

    private static byte[] bytes(String template, Object shown) {
        var html = new Utf8ByteOutput();
        ENGINE.render(template + ".jte", shown, html);
        return html.toByteArray();
    }
}
