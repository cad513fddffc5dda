package dev.rollcall.system.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Services that a test starts: provides directories for their data and an address for their registry, and ends all of
 * them, however the test ends. If the test fails, their output is printed. Starting doesn't wait: services start side
 * by side, and {@link Service#url()} waits.
 */
public final class Suite implements AfterEachCallback, AfterAllCallback {
    private final boolean isOfTheClass;
    private final Path data;
    private final int registryPort = Ports.free();
    private final List<Service> services = new CopyOnWriteArrayList<>();
    private final List<AutoCloseable> others = new CopyOnWriteArrayList<>();

    private Suite(boolean isOfTheClass) {
        this.isOfTheClass = isOfTheClass;
        try {
            this.data = Files.createTempDirectory("rollcall-system-");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Creates a suite whose services end with each test. */
    public static Suite ofEachTest() {
        return new Suite(false);
    }

    /** Creates a suite whose services are shared by all tests of the class. */
    public static Suite ofTheClass() {
        return new Suite(true);
    }

    /** Returns the address of this suite's registry, which may not run yet. */
    public String registryUrl() {
        return "http://localhost:" + registryPort;
    }

    /** Starts this suite's registry. */
    public Service startRegistry(String... arguments) {
        return start(Launch.quick(Program.REGISTRY)
                .with("--port", Integer.toString(registryPort))
                .with(arguments));
    }

    /** Starts a program with this suite's registry; by default on a free port and with a directory of its own. */
    public Service start(Program program, String... arguments) {
        return start(Launch.quick(program, arguments));
    }

    public Service start(Launch launch) {
        var all = launch;
        if (launch.argument("--port").isEmpty()) {
            all = all.with("--port", "0");
        }
        if (launch.argument("--registry").isEmpty()) {
            all = all.with("--registry", registryUrl());
        }
        if (launch.argument("--data").isEmpty()) {
            all = all.with(
                    "--data",
                    data.resolve(services.size() + "-" + launch.program().file())
                            .toString());
        }
        var service = Service.start(all);
        services.add(service);
        return service;
    }

    /** Starts an ended service once more, on the same port and with the same data. */
    public Service startAgain(Service ended) throws InterruptedException {
        return start(ended.launch().with("--port", Integer.toString(ended.port())));
    }

    /** Closes this at the end too, after the services. */
    public <T extends AutoCloseable> T closesAtTheEnd(T part) {
        others.add(part);
        return part;
    }

    @Override
    public void afterEach(ExtensionContext context) throws Exception {
        if (context.getExecutionException().isPresent()) {
            services.forEach(service -> System.out.println(service.transcript()));
        }
        if (!isOfTheClass) {
            close();
        }
    }

    @Override
    public void afterAll(ExtensionContext context) throws Exception {
        if (isOfTheClass) {
            if (context.getExecutionException().isPresent()) {
                services.forEach(service -> System.out.println(service.transcript()));
            }
            close();
        }
    }

    private void close() throws Exception {
        services.forEach(Service::close);
        for (var other : others) {
            other.close();
        }
        deleteData();
    }

    private void deleteData() throws IOException {
        var paths = new ArrayList<Path>();
        try (var walk = Files.walk(data)) {
            walk.sorted(Comparator.reverseOrder()).forEach(paths::add);
        }
        for (var path : paths) {
            Files.deleteIfExists(path);
        }
    }
}
