package dev.rollcall.portal.page;

import dev.rollcall.http.Handler;
import dev.rollcall.http.Request;
import dev.rollcall.http.Response;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/**
 * Stands before every handler of posted forms: refuses those of other sites, and lets a form that is sent twice be done
 * once.
 */
public final class Forms {
    private final FormTokens tokens;
    private final OncePerKey oncePerKey = new OncePerKey();

    /** Forms with these tokens. */
    public Forms(FormTokens tokens) {
        this.tokens = tokens;
    }

    /** A token for a form that is shown for the first time. */
    public String freshToken() {
        return tokens.fresh();
    }

    /** The handler of the requests that bring a form. */
    public Handler posted(FormHandler handler) {
        return request -> {
            if (CrossSite.isFrom(request)) {
                return Pages.notice(request, ProblemPage.FROM_ANOTHER_SITE);
            }
            var fields = new LinkedHashMap<>(fields(request));
            var token = fields.remove(FormTokens.FIELD);
            if (token == null && !isFromBrowser(request)) {
                return handler.handle(new FormSubmission(request, fields, "", tokens.fresh()));
            }
            var given = token == null ? "" : token;
            var number = tokens.number(given);
            if (number.isEmpty() || !tokens.isOurs(given)) {
                var anew = number.map(tokens::sealed).orElseGet(tokens::fresh);
                return Pages.answer(request, 403, "page/again", ResubmitPage.ofOldForm(request.path(), fields, anew));
            }
            var key = key(number.get(), request.path(), fields);
            return oncePerKey.answer(key, () -> handler.handle(new FormSubmission(request, fields, key, given)));
        };
    }

    private static Map<String, String> fields(Request request) throws IOException {
        return request.contentType().equals(Multipart.TYPE)
                ? Multipart.fields(request.header("Content-Type").orElse(""), request.body())
                : request.form();
    }

    /** Browsers say where a post comes from; programs say nothing, and no site can have them send anything. */
    private static boolean isFromBrowser(Request request) {
        return request.header("Sec-Fetch-Site").isPresent()
                || request.header("Origin").isPresent();
    }

    /** After a step back, another text under the same token is another form. */
    private static String key(String number, String path, Map<String, String> fields) {
        var content = (path + "\n" + fields).getBytes(StandardCharsets.UTF_8);
        return number + "-" + UUID.nameUUIDFromBytes(content);
    }

    /** Answers a posted form. */
    @FunctionalInterface
    public interface FormHandler {
        /** The answer; {@link IOException} as of {@link Handler}. */
        Response handle(FormSubmission formSubmission) throws IOException;
    }
}
