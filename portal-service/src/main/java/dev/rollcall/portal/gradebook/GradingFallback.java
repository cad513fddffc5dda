package dev.rollcall.portal.gradebook;

import dev.rollcall.discovery.CallFailedException;
import dev.rollcall.discovery.NoProviderException;
import dev.rollcall.http.Handler;
import dev.rollcall.portal.page.Pages;
import dev.rollcall.portal.page.ProblemPage;
import dev.rollcall.portal.page.UnexpectedReplyException;
import dev.rollcall.wire.MalformedJsonException;

/** Makes a page also of it that the grading service can't be asked. */
final class GradingFallback {
    private static final int NOT_FOUND = 404;

    private GradingFallback() {}

    /** The same where plain grading services have nothing to tell: they get this notice in place of the page. */
    static Handler page(Handler handler, ProblemPage ofPlain) {
        return page(request -> {
            try {
                return handler.handle(request);
            } catch (UnexpectedReplyException e) {
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
            } catch (NoProviderException | CallFailedException | MalformedJsonException | UnexpectedReplyException e) {
                return Pages.notice(request, ProblemPage.of(e));
            }
        };
    }
}
