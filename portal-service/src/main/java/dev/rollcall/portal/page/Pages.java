package dev.rollcall.portal.page;

import dev.rollcall.http.Request;
import dev.rollcall.http.Response;
import dev.rollcall.http.TraceContext;
import dev.rollcall.wire.Problem;
import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.Utf8ByteOutput;
import java.nio.charset.StandardCharsets;

/** Renders pages from templates. */
public final class Pages {
    private static final TemplateEngine ENGINE = TemplateEngine.createPrecompiled(
            null, ContentType.Html, Pages.class.getClassLoader(), "dev.rollcall.portal");

    private Pages() {}

    public static RenderedPage page(String template, Object shown) {
        return new RenderedPage(bytes(template, shown));
    }

    /** Returns a page as the response to a request. */
    public static Response response(Request request, int status, String template, Object shown) {
        return page(template, shown).response(status, request.trace());
    }

    public static String piece(String template, Object shown) {
        return new String(bytes(template, shown), StandardCharsets.UTF_8);
    }

    /** Returns a notice as the response to a request. */
    public static Response notice(Request request, ProblemPage problemPage) {
        return notice(request.trace(), request.method().equals("POST") ? problemPage.forPost() : problemPage);
    }

    /** Returns the response to browsers for a problem that no page handles. */
    public static Response problem(Problem problem, TraceContext trace) {
        return notice(trace, ProblemPage.of(problem));
    }

    private static Response notice(TraceContext trace, ProblemPage problemPage) {
        var response = page("page/notice", problemPage).response(problemPage.status(), trace);
        return problemPage.status() == 503
                ? response.with("Retry-After", Integer.toString(ProblemPage.RELOAD_SECONDS))
                : response;
    }

    private static byte[] bytes(String template, Object shown) {
        var html = new Utf8ByteOutput();
        ENGINE.render(template + ".jte", shown, html);
        return html.toByteArray();
    }
}
