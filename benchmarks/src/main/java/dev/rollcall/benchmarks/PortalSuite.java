package dev.rollcall.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** The registry, a log service, a grading service and a portal, each its real jar as a process. */
final class PortalSuite implements AutoCloseable {
    private static final Duration START_LIMIT = Duration.ofSeconds(30);
    private static final Pattern LISTENS = Pattern.compile("listens on (http://localhost:\\d+)");

    private final Path root;
    private final List<String> jvmOptions;
    private final Scratch scratch;
    private final List<Child> children = new ArrayList<>();
    private String grading = "";
    private String portal = "";

    private PortalSuite(Path root, List<String> jvmOptions, Scratch scratch) {
        this.root = root;
        this.jvmOptions = jvmOptions;
        this.scratch = scratch;
    }

    /** Starts them with these options for the portal's JVM, and none for the others. */
    static PortalSuite start(Path root, List<String> jvmOptions) throws IOException, InterruptedException {
        var suite = new PortalSuite(root, jvmOptions, Scratch.of("portal"));
        try {
            var registry = suite.start("registry", "");
            suite.start("log", registry);
            suite.grading = suite.start("grading", registry);
            suite.portal = suite.start("portal", registry);
            return suite;
        } catch (IOException | InterruptedException | RuntimeException e) {
            suite.close();
            throw e;
        }
    }

    private String start(String name, String registry) throws IOException, InterruptedException {
        var jar = root.resolve(name + "-service").resolve("target").resolve(name + "-service.jar");
        if (!Files.isRegularFile(jar)) {
            throw new IOException("there is no " + jar + "; build it, or name the checkout with --root");
        }
        var arguments = new ArrayList<>(name.equals("portal") ? jvmOptions : List.<String>of());
        arguments.addAll(List.of("-jar", jar.toString(), "--port", "0", "--body-max", "64MiB"));
        arguments.addAll(List.of("--data", scratch.resolve(name).toString()));
        if (!registry.isEmpty()) {
            arguments.addAll(List.of("--registry", registry));
        }
        var child = Child.start(scratch.resolve(name + ".txt"), arguments);
        children.add(0, child);
        return child.awaitLine(LISTENS, START_LIMIT).group(1);
    }

    String grading() {
        return grading;
    }

    String portal() {
        return portal;
    }

    @Override
    public void close() {
        children.forEach(Child::close);
        scratch.close();
    }
}
