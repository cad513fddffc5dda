package dev.rollcall.portal.gradebook;

import dev.rollcall.discovery.CallFailedException;
import dev.rollcall.discovery.NoProviderException;
import dev.rollcall.http.Handler;
import dev.rollcall.portal.page.Notice;
import dev.rollcall.portal.page.Pages;
import dev.rollcall.portal.page.UnexpectedReplyException;
import dev.rollcall.wire.MalformedJsonException;

/** Makes a page also of it that the grading service can't be asked. */
final class Guarded {
    private Guarded() {}

    static Handler page(Handler handler) {
        return request -> {
            try {
                return handler.handle(request);
            } catch (NoProviderException | CallFailedException | MalformedJsonException | UnexpectedReplyException e) {
                return Pages.notice(request, Notice.of(e));
            }
        };
    }
}
