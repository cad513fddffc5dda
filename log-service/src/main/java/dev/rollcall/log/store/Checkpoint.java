package dev.rollcall.log.store;

import com.fasterxml.jackson.databind.ObjectReader;
import dev.rollcall.disk.Frame;
import dev.rollcall.disk.FrameReader;
import dev.rollcall.disk.RecordDirectory;
import dev.rollcall.wire.Json;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * What was known of the producers when a segment was begun, in a file of its own: so older segments may be deleted, and
 * nobody need read them.
 *
 * <p>The file is of frames: how many producers there are, then each as JSON, the one heard last at the end.
 */
final class Checkpoint {
    private static final ObjectReader READER = Json.readerOf(ProducerAccount.class);

    private Checkpoint() {}

    static void write(RecordDirectory directory, long segment, Collection<ProducerAccount> accounts)
            throws IOException {
        var parts = new ArrayList<byte[]>();
        parts.add(Frame.of(Json.bytes(accounts.size())));
        accounts.forEach(account -> parts.add(Frame.of(Json.bytes(account))));
        WholeFile.write(directory, FileNames.producers(segment), parts);
    }

    /** What was written; empty if it isn't there or is damaged. */
    static Optional<List<ProducerAccount>> read(RecordDirectory directory, long segment) throws IOException {
        var file = directory.read(FileNames.producers(segment));
        if (file.isEmpty()) {
            return Optional.empty();
        }
        try (var frames = new FrameReader(file.get())) {
            var head = frames.next();
            if (head.isEmpty()) {
                return Optional.empty();
            }
            var count = Json.read(head.get(), Integer.class);
            var accounts = new ArrayList<ProducerAccount>();
            for (var frame = frames.next(); frame.isPresent(); frame = frames.next()) {
                accounts.add(READER.readValue(frame.get()));
            }
            return accounts.size() == count ? Optional.of(accounts) : Optional.empty();
        }
    }
}
