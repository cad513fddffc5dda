package dev.rollcall.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.system.testkit.Reply;
import java.io.IOException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Checks the headers of a registry's responses: one epoch, and no revision below one that was returned before the
 * request was sent. Thread-safe.
 */
final class AnsweredRevisions {
    private final Set<String> epochs = ConcurrentHashMap.newKeySet();
    private final AtomicLong highest = new AtomicLong();

    /** Sends a request and returns the response; {@link AssertionError} if its headers are wrong. */
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

    /** Returns the highest revision so far. */
    long highest() {
        return highest.get();
    }

    /** A request to a registry. */
    @FunctionalInterface
    interface Request {
        /** Sends the request and waits for the response. */
        Reply send() throws IOException, InterruptedException;
    }
}
