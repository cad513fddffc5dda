package dev.rollcall.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;

/** A {@link BareSender}, or another caller that does the same, as a process. */
final class SenderProcess implements AutoCloseable {
    private static final Duration CONNECT_LIMIT = Duration.ofSeconds(40);

    private final Path directory;
    private final Child child;

    private SenderProcess(Path directory, Child child) {
        this.directory = directory;
        this.child = child;
    }

    /** A process that has a connection to each of the receiver's first instances. */
    static SenderProcess connectedTo(Receiver receiver, int dependants, byte[] request)
            throws IOException, InterruptedException {
        var directory = Files.createTempDirectory("rollcall-sender");
        var body = Files.write(directory.resolve("request"), request);
        return start(
                directory,
                List.of("sender", body.toString(), Integer.toString(receiver.port()), Integer.toString(dependants)));
    }

    /** A process of this jar with these arguments that behaves like a bare sender. */
    static SenderProcess of(List<String> arguments) throws IOException, InterruptedException {
        return start(Files.createTempDirectory("rollcall-sender"), arguments);
    }

    private static SenderProcess start(Path directory, List<String> arguments)
            throws IOException, InterruptedException {
        var sender = new SenderProcess(directory, Child.startSelf(output(directory), List.of(), arguments));
        try {
            sender.child.awaitLine(Pattern.compile(BareSender.CONNECTED), CONNECT_LIMIT);
            return sender;
        } catch (IOException | InterruptedException e) {
            sender.close();
            throw e;
        }
    }

    long pid() {
        return child.pid();
    }

    /** Lets it send to all. */
    void send() throws IOException {
        child.write('\n');
    }

    @Override
    public void close() throws IOException {
        child.close();
        Files.deleteIfExists(directory.resolve("request"));
        Files.deleteIfExists(output(directory));
        Files.delete(directory);
    }

    private static Path output(Path directory) {
        return directory.resolve("output.txt");
    }
}
