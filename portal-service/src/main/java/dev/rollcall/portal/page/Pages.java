package dev.rollcall.portal.page;

import dev.rollcall.http.Request;
import dev.rollcall.http.Response;
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
    public static RenderedPage page(String template, Object shown) {
        return new RenderedPage(bytes(template, shown));
    }

    /** A page as the answer to a request. */
    public static Response answer(Request request, int status, String template, Object shown) {
        return page(template, shown).answer(status, request.trace());
    }

    /** A piece of a page. */
    public static String piece(String template, Object shown) {
        return new String(bytes(template, shown), StandardCharsets.UTF_8);
    }

    /** A notice as the answer to a request. */
    public static Response notice(Request request, ProblemPage problemPage) {
        return notice(request.trace(), request.method().equals("POST") ? problemPage.ofPosted() : problemPage);
    }

    /** What browsers are told of a problem that no page of ours deals with. */
    public static Response problem(Problem problem, TraceContext trace) {
        return notice(trace, ProblemPage.of(problem));
    }

    private static Response notice(TraceContext trace, ProblemPage problemPage) {
        var response = page("page/notice", problemPage).answer(problemPage.status(), trace);
        return problemPage.status() == 503
                ? response.with("Retry-After", Integer.toString(ProblemPage.HEALING_SECONDS))
                : response;
    }

    private static byte[] bytes(String template, Object shown) {
        var html = new Utf8ByteOutput();
        ENGINE.render(template + ".jte", shown, html);
        return html.toByteArray();
    }
}
