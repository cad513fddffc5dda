package dev.rollcall.portal.page;

import dev.rollcall.http.Handler;
import dev.rollcall.http.Request;
import dev.rollcall.http.Response;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/** Wraps every handler of posted forms: rejects posts of other sites, and applies a form that is sent twice once. */
public final class Forms {
    private final FormTokens tokens;
    private final OncePerKey oncePerKey = new OncePerKey();

    public Forms(FormTokens tokens) {
        this.tokens = tokens;
    }

    /** Returns a token for a form that is shown for the first time. */
    public String newToken() {
        return tokens.create();
    }

    /** Returns the handler of the requests that carry a form. */
    public Handler posted(FormHandler handler) {
        return request -> {
            if (CrossSite.isFrom(request)) {
                return Pages.notice(request, ProblemPage.FROM_ANOTHER_SITE);
            }
            var fields = new LinkedHashMap<>(fields(request));
            var token = fields.remove(FormTokens.FIELD);
            if (token == null && !isFromBrowser(request)) {
                return handler.handle(new FormSubmission(request, fields, "", tokens.create()));
            }
            var given = token == null ? "" : token;
            var number = tokens.number(given);
            if (number.isEmpty() || !tokens.isValid(given)) {
                var anew = number.map(tokens::sign).orElseGet(tokens::create);
                return Pages.response(
                        request, 403, "page/again", ResubmitPage.ofExpiredForm(request.path(), fields, anew));
            }
            var key = key(number.get(), request.path(), fields);
            return oncePerKey.run(key, () -> handler.handle(new FormSubmission(request, fields, key, given)));
        };
    }

    private static Map<String, String> fields(Request request) throws IOException {
        return request.contentType().equals(Multipart.TYPE)
                ? Multipart.fields(request.header("Content-Type").orElse(""), request.body())
                : request.form();
    }

    /** Browsers name the source of a post; programs don't, and no site can make them send anything. */
    private static boolean isFromBrowser(Request request) {
        return request.header("Sec-Fetch-Site").isPresent()
                || request.header("Origin").isPresent();
    }

    /** Includes the content: after a step back in the browser, other content with the same token is another form. */
    private static String key(String number, String path, Map<String, String> fields) {
        var content = (path + "\n" + fields).getBytes(StandardCharsets.UTF_8);
        return number + "-" + UUID.nameUUIDFromBytes(content);
    }

    @FunctionalInterface
    public interface FormHandler {
        /** Returns the response; throws {@link IOException} as {@link Handler} does. */
        Response handle(FormSubmission submission) throws IOException;
    }
}
