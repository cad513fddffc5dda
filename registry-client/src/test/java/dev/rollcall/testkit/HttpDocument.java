package dev.rollcall.testkit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The endpoints that {@code docs/http.md} lists, to be compared with the routes that a service really has. */
public final class HttpDocument {
    private static final Pattern ENDPOINT = Pattern.compile("^\\| `([A-Z]+ /[^ `]*)` \\|");

    private HttpDocument() {}

    /**
     * Returns the endpoints of one section, each as {@code METHOD /template}, sorted.
     *
     * @param heading the section's heading without its {@code ##}
     */
    public static List<String> endpoints(String heading) throws IOException {
        var lines = Files.readAllLines(document());
        var start = lines.indexOf("## " + heading);
        if (start < 0) {
            throw new AssertionError("docs/http.md has no section " + heading);
        }
        return lines.stream()
                .skip(start + 1L)
                .takeWhile(line -> !line.startsWith("## "))
                .map(ENDPOINT::matcher)
                .filter(Matcher::find)
                .map(matcher -> matcher.group(1))
                .sorted()
                .toList();
    }

    private static Path document() throws IOException {
        for (var dir = Path.of("").toAbsolutePath(); dir != null; dir = dir.getParent()) {
            var document = dir.resolve("docs/http.md");
            if (Files.exists(document)) {
                return document;
            }
        }
        throw new IOException("docs/http.md is in none of the directories above");
    }
}
