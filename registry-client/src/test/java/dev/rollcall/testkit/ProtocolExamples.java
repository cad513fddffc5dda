package dev.rollcall.testkit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The examples of {@code docs/protocol.md}, as fixtures: so neither the document nor the code can go stale alone. */
public final class ProtocolExamples {
    private static final String FENCE = "```";

    private final List<String> lines;

    private ProtocolExamples(List<String> lines) {
        this.lines = List.copyOf(lines);
    }

    /** Reads the document of the repository in which the tests run. */
    public static ProtocolExamples read() throws IOException {
        for (var dir = Path.of("").toAbsolutePath(); dir != null; dir = dir.getParent()) {
            var document = dir.resolve("docs/protocol.md");
            if (Files.exists(document)) {
                return new ProtocolExamples(Files.readAllLines(document));
            }
        }
        throw new IOException("docs/protocol.md is in none of the directories above");
    }

    /**
     * Returns the first fenced block after the first line that contains a text, without its fences.
     *
     * @param after a heading, or the line that introduces the example
     */
    public String block(String after) {
        var start = indexAfter(0, after);
        var open = indexAfter(start, FENCE);
        var close = indexAfter(open, FENCE) - 1;
        return String.join("\n", lines.subList(open, close));
    }

    /** Returns the body of an example request: what follows its headers and an empty line. */
    public String body(String after) {
        var block = block(after);
        var empty = block.indexOf("\n\n");
        return empty < 0 ? block : block.substring(empty + 2);
    }

    /** Returns the first inline code with this prefix. */
    public String inline(String beginning) {
        for (var line : lines) {
            var start = line.indexOf('`' + beginning);
            if (start >= 0) {
                return line.substring(start + 1, line.indexOf('`', start + 1));
            }
        }
        throw new AssertionError("no inline code begins with " + beginning);
    }

    private int indexAfter(int from, String text) {
        for (var i = from; i < lines.size(); i++) {
            if (lines.get(i).contains(text)) {
                return i + 1;
            }
        }
        throw new AssertionError("the protocol has no line with \"" + text + '"');
    }
}
