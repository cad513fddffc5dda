package dev.rollcall.portal.page;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** A path with query parameters; empty ones are left out. Immutable. */
public record QueryUrl(String path, Map<String, String> parameters) {
    public QueryUrl {
        parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
    }

    public static QueryUrl of(String path) {
        return new QueryUrl(path, Map.of());
    }

    /** Returns a copy with the parameter set, or without it if the value is empty. */
    public QueryUrl with(String name, String value) {
        var more = new LinkedHashMap<>(parameters);
        more.remove(name);
        if (!value.isEmpty()) {
            more.put(name, value);
        }
        return new QueryUrl(path, more);
    }

    /** Returns one segment of a path, percent-encoded. */
    public static String segment(String text) {
        return encoded(text);
    }

    @Override
    public String toString() {
        return parameters.isEmpty()
                ? path
                : path
                        + parameters.entrySet().stream()
                                .map(each -> encoded(each.getKey()) + "=" + encoded(each.getValue()))
                                .collect(Collectors.joining("&", "?", ""));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
