package dev.rollcall.http;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * The routes of a server: a handler for each method and path. Immutable; the methods return larger copies.
 *
 * <p>A template is a path whose segments are literals or {@code {names}}: {@code /students/{id}/grades}. A literal is
 * preferred to a name, segment by segment. GET's handler also serves HEAD.
 */
public final class Routes {
    /** No routes. */
    public static final Routes NONE = new Routes(List.of(), Optional.empty(), path -> false);

    private final List<Route> routes;
    private final Optional<ProblemPages> problemPages;
    private final Predicate<String> sampled;
    private final Map<String, Map<String, Handler>> literal = new TreeMap<>();
    private final List<Template> templates = new ArrayList<>();

    private Routes(List<Route> routes, Optional<ProblemPages> problemPages, Predicate<String> sampled) {
        this.routes = routes;
        this.problemPages = problemPages;
        this.sampled = sampled;
        for (var route : routes) {
            methodsOf(route.template()).put(route.method(), route.handler());
        }
        templates.sort(null);
    }

    /** Returns a copy with one more route; a later route replaces an earlier one of the same method and template. */
    public Routes with(String method, String template, Handler handler) {
        var more = new ArrayList<>(routes);
        more.add(new Route(method, template, handler));
        return new Routes(List.copyOf(more), problemPages, sampled);
    }

    /** Adds a route for GET and HEAD. */
    public Routes get(String template, Handler handler) {
        return with("GET", template, handler);
    }

    /** Adds a route for POST. */
    public Routes post(String template, Handler handler) {
        return with("POST", template, handler);
    }

    /** Adds a route for DELETE. */
    public Routes delete(String template, Handler handler) {
        return with("DELETE", template, handler);
    }

    /** Adds other routes. */
    public Routes and(Routes others) {
        var more = new ArrayList<>(routes);
        more.addAll(others.routes);
        return new Routes(List.copyOf(more), others.problemPages.or(() -> problemPages), sampled.or(others.sampled));
    }

    /** Returns a copy that shows problems to browsers as pages, for unknown paths too. */
    public Routes withProblemPages(ProblemPages pages) {
        return new Routes(routes, Optional.of(pages), sampled);
    }

    /**
     * Returns a copy that samples people's requests, up to a bound per second: each that arrives without a trace gets a
     * sampled one, so that its log lines in all services can be found.
     *
     * @param paths selects the paths that people request
     */
    public Routes sampling(Predicate<String> paths) {
        return new Routes(routes, problemPages, sampled.or(paths));
    }

    /** Returns each route once as {@code METHOD /template}, sorted; {@code docs/http.md} is checked against it. */
    public List<String> endpoints() {
        return routes.stream()
                .map(route -> route.method() + " " + route.template())
                .distinct()
                .sorted()
                .toList();
    }

    /** Whether requests for a path are sampled. */
    boolean isSampled(String rawPath) {
        return sampled.test(rawPath);
    }

    /** Returns how problems are shown to browsers; empty if as JSON. */
    Optional<ProblemPages> problemPages() {
        return problemPages;
    }

    /**
     * Returns the handler for a request, and the values of its path's names.
     *
     * @throws ProblemException 404 for an unknown path, 405 for a method that the path doesn't have
     */
    Match match(String method, String rawPath) {
        var exact = literal.get(rawPath);
        if (exact != null) {
            return choose(exact, method, Map.of());
        }
        var segments = rawPath.split("/", -1);
        for (var template : templates) {
            var values = template.match(segments);
            if (values.isPresent()) {
                return choose(template.methods(), method, values.get());
            }
        }
        throw ProblemException.notFound("nothing is here");
    }

    private static Match choose(Map<String, Handler> methods, String method, Map<String, String> values) {
        var handler = methods.get(method.equals("HEAD") ? "GET" : method);
        if (handler != null) {
            return new Match(handler, values);
        }
        var allowed = new TreeSet<>(methods.keySet());
        if (allowed.contains("GET")) {
            allowed.add("HEAD");
        }
        var allow = String.join(", ", allowed);
        throw ProblemException.notAllowed(allow);
    }

    private Map<String, Handler> methodsOf(String template) {
        if (!template.startsWith("/")) {
            throw new IllegalArgumentException("a template starts with a slash: " + template);
        }
        if (!template.contains("{")) {
            return literal.computeIfAbsent(template, t -> new TreeMap<>());
        }
        var added = Template.of(template);
        for (var known : templates) {
            if (known.text().equals(template)) {
                return known.methods();
            }
            if (known.shape().equals(added.shape())) {
                throw new IllegalArgumentException("two names for one place: " + known.text() + ", " + template);
            }
        }
        templates.add(added);
        return added.methods();
    }

    record Match(Handler handler, Map<String, String> pathValues) {}

    private record Route(String method, String template, Handler handler) {}

    private record Template(String text, List<String> segments, Map<String, Handler> methods)
            implements Comparable<Template> {
        private static final Pattern NAME = Pattern.compile("\\{[A-Za-z]+}");

        static Template of(String text) {
            var segments = List.of(text.split("/", -1));
            if (segments.stream().anyMatch(segment -> segment.contains("{") && !isName(segment))) {
                throw new IllegalArgumentException("a name is a whole segment, of letters in braces: " + text);
            }
            return new Template(text, segments, new TreeMap<>());
        }

        /** Returns the template with all names blanked. */
        List<String> shape() {
            return segments.stream()
                    .map(segment -> isName(segment) ? "{}" : segment)
                    .toList();
        }

        Optional<Map<String, String>> match(String[] path) {
            if (path.length != segments.size()) {
                return Optional.empty();
            }
            var values = new LinkedHashMap<String, String>();
            for (var i = 0; i < path.length; i++) {
                var segment = segments.get(i);
                if (isName(segment)) {
                    if (path[i].isEmpty()) {
                        return Optional.empty();
                    }
                    values.put(segment.substring(1, segment.length() - 1), decoded(path[i]));
                } else if (!segment.equals(path[i])) {
                    return Optional.empty();
                }
            }
            return Optional.of(values);
        }

        /** Orders literals before names, from left to right. */
        @Override
        public int compareTo(Template other) {
            for (var i = 0; i < Math.min(segments.size(), other.segments.size()); i++) {
                var order = Boolean.compare(isName(segments.get(i)), isName(other.segments.get(i)));
                if (order != 0) {
                    return order;
                }
            }
            return text.compareTo(other.text);
        }

        private static boolean isName(String segment) {
            return NAME.matcher(segment).matches();
        }

        /** Decodes a segment; unlike in a form, a plus is a plus. */
        private static String decoded(String segment) {
            try {
                return URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8);
            } catch (IllegalArgumentException e) {
                throw ProblemException.badRequest("a percent sign without two hex digits in the path");
            }
        }
    }
}
