package dev.rollcall.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.system.testkit.Reply;
import java.io.IOException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Holds a registry to the headers of its answers: one epoch, and no revision below one that it had answered before it
 * was asked. Thread-safe.
 */
final class AnsweredRevisions {
    private final Set<String> epochs = ConcurrentHashMap.newKeySet();
    private final AtomicLong highest = new AtomicLong();

    /** The answer to a request, whose headers are looked at; {@link AssertionError} if they are wrong. */
    Reply of(Request request) throws IOException, InterruptedException {
        var before = highest.get();
        var reply = request.send();
        reply.header("Registry-Epoch").ifPresent(epochs::add);
        assertThat(epochs).hasSizeLessThan(2);
        var revision = Long.parseLong(reply.header("Registry-Revision").orElse("0"));
        if (reply.status() == 200) {
            assertThat(revision).as("revision").isPositive().isGreaterThanOrEqualTo(before);
        }
        highest.accumulateAndGet(revision, Math::max);
        return reply;
    }

    /** The highest so far. */
    long highest() {
        return highest.get();
    }

    /** What is asked of a registry. */
    @FunctionalInterface
    interface Request {
        /** Asks, and waits for the answer. */
        Reply send() throws IOException, InterruptedException;
    }
}
