package dev.rollcall.portal.page;

import dev.rollcall.http.Request;
import dev.rollcall.http.Response;
import dev.rollcall.http.Routes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.zip.CRC32;

/**
 * Serves the style sheet, scripts and icon of all pages. An asset's URL changes with its content, so browsers cache it
 * for good and never mix versions.
 */
public final class Assets {
    private static final Map<String, String> TYPES =
            Map.of("css", "text/css; charset=utf-8", "js", "text/javascript; charset=utf-8", "svg", "image/svg+xml");
    private static final Map<String, Asset> ALL =
            List.of("style.css", "page.js", "grid.js", "system.js", "tail.js", "icon.svg").stream()
                    .collect(Collectors.toUnmodifiableMap(Function.identity(), Asset::of));

    private Assets() {}

    public static String path(String name) {
        return "/" + name + "?v=" + asset(name).tag();
    }

    public static boolean has(String path) {
        return ALL.containsKey(path.substring(1));
    }

    public static Routes routes() {
        var routes = Routes.NONE;
        for (var name : ALL.keySet()) {
            routes = routes.get("/" + name, request -> response(request, asset(name)));
        }
        return routes;
    }

    private static Asset asset(String name) {
        return Objects.requireNonNull(ALL.get(name), name);
    }

    private static Response response(Request request, Asset asset) {
        var isThisOne = request.query("v").equals(Optional.of(asset.tag()));
        return Response.bytes(
                        200,
                        Objects.requireNonNull(TYPES.get(asset.ending())),
                        asset.text().getBytes(StandardCharsets.UTF_8))
                .with("X-Content-Type-Options", "nosniff")
                .with("Cache-Control", isThisOne ? "max-age=31536000, immutable" : "no-cache");
    }

    private record Asset(String ending, String text, String tag) {
        static Asset of(String name) {
            try (var in = Objects.requireNonNull(Assets.class.getResourceAsStream(name), name)) {
                var bytes = in.readAllBytes();
                var sum = new CRC32();
                sum.update(bytes);
                return new Asset(
                        name.substring(name.lastIndexOf('.') + 1),
                        new String(bytes, StandardCharsets.UTF_8),
                        Long.toHexString(sum.getValue()));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
