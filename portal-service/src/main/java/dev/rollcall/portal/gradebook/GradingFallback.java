package dev.rollcall.portal.gradebook;

import dev.rollcall.discovery.CallFailedException;
import dev.rollcall.discovery.NoProviderException;
import dev.rollcall.http.Handler;
import dev.rollcall.portal.page.Pages;
import dev.rollcall.portal.page.ProblemPage;
import dev.rollcall.portal.page.UnexpectedResponseException;
import dev.rollcall.wire.MalformedJsonException;

/** Turns failures to reach the grading service into pages. */
final class GradingFallback {
    private static final int NOT_FOUND = 404;

    private GradingFallback() {}

    /**
     * Same as {@link #page(Handler)}; with this notice for a plain grading service, which doesn't have the resource.
     */
    static Handler page(Handler handler, ProblemPage ofPlain) {
        return page(request -> {
            try {
                return handler.handle(request);
            } catch (UnexpectedResponseException e) {
                if (e.status() == NOT_FOUND) {
                    return Pages.notice(request, ofPlain);
                }
                throw e;
            }
        });
    }

    static Handler page(Handler handler) {
        return request -> {
            try {
                return handler.handle(request);
            } catch (NoProviderException
                    | CallFailedException
                    | MalformedJsonException
                    | UnexpectedResponseException e) {
                return Pages.notice(request, ProblemPage.of(e));
            }
        };
    }
}
