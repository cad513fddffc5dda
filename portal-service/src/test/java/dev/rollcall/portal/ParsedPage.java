package dev.rollcall.portal;

import java.net.http.HttpHeaders;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A page as a reader sees it: its texts without tags, its tables as rows of cells. */
record ParsedPage(int status, HttpHeaders headers, String html) {
    private static final Pattern ROW = Pattern.compile("<tr\\b[^>]*>(.*?)</tr>", Pattern.DOTALL);
    private static final Pattern CELL = Pattern.compile("<t[hd]\\b[^>]*>(.*?)</t[hd]>", Pattern.DOTALL);

    String title() {
        return first("<title>(.*?)</title>");
    }

    String heading() {
        return first("<h1>(.*?)</h1>");
    }

    /** Returns the text of the page's main part. */
    String text() {
        return first("<main[^>]*>(.*)</main>");
    }

    List<List<String>> rows() {
        return ROW.matcher(html)
                .results()
                .map(row -> CELL.matcher(row.group(1))
                        .results()
                        .map(cell -> withoutTags(cell.group(1)))
                        .toList())
                .toList();
    }

    /** Returns the value of a form field. */
    String field(String name) {
        return unescaped(find("<input [^>]*name=\"" + name + "\"[^>]* value=\"([^\"]*)\"")
                .orElseThrow());
    }

    /** Returns the token of the page's forms. */
    String token() {
        return find("name=\"token\" value=\"([^\"]+)\"").orElseThrow();
    }

    /** Returns the selected option. */
    String option() {
        return first("<option [^>]* selected>(.*?)</option>");
    }

    /** Returns whether the page reloads itself. */
    boolean isReloading() {
        return html.contains("<noscript><meta http-equiv=\"refresh\" content=\"2\"></noscript>")
                && html.contains("<body data-heals=\"2\">");
    }

    Stream<String> links() {
        return Pattern.compile("href=\"([^\"]*)\"").matcher(html).results().map(link -> link.group(1));
    }

    private String first(String pattern) {
        return withoutTags(find(pattern).orElse(""));
    }

    private Optional<String> find(String pattern) {
        var match = Pattern.compile(pattern, Pattern.DOTALL).matcher(html);
        return match.find() ? Optional.of(match.group(1)) : Optional.empty();
    }

    private static String withoutTags(String html) {
        return unescaped(
                html.replaceAll("<[^>]*>", " ").replaceAll("[ \n]+", " ").strip());
    }

    private static String unescaped(String html) {
        return html.replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&#34;", "\"")
                .replace("&#39;", "'")
                .replace("&amp;", "&");
    }
}
