package dev.rollcall.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;

/** A {@link BareSender}, or another caller with the same behaviour, as a process. */
final class SenderProcess implements AutoCloseable {
    private static final Duration CONNECT_LIMIT = Duration.ofSeconds(40);

    private final Scratch scratch;
    private final Child child;

    private SenderProcess(Scratch scratch, Child child) {
        this.scratch = scratch;
        this.child = child;
    }

    /** Starts a bare sender with a connection to each of the receiver's first instances. */
    static SenderProcess connectedTo(Receiver receiver, int dependants, byte[] request)
            throws IOException, InterruptedException {
        var scratch = Scratch.of("sender");
        var body = Files.write(scratch.resolve("request"), request);
        return start(
                scratch,
                List.of("sender", body.toString(), Integer.toString(receiver.port()), Integer.toString(dependants)));
    }

    /** Starts this jar with these arguments; it must behave like a bare sender. */
    static SenderProcess of(List<String> arguments) throws IOException, InterruptedException {
        return start(Scratch.of("sender"), arguments);
    }

    private static SenderProcess start(Scratch scratch, List<String> arguments)
            throws IOException, InterruptedException {
        var sender = new SenderProcess(scratch, Child.startSelf(scratch.resolve("output.txt"), List.of(), arguments));
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

    /** Makes it send to all. */
    void send() throws IOException {
        child.write('\n');
    }

    @Override
    public void close() {
        child.close();
        scratch.close();
    }
}
