package dev.rollcall.log.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectReader;
import dev.rollcall.disk.Frame;
import dev.rollcall.disk.FrameReader;
import dev.rollcall.disk.RecordDirectory;
import dev.rollcall.wire.Json;
import dev.rollcall.wire.MalformedJsonException;
import java.io.CharConversionException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The producers' accounts at the start of a segment, in a file of its own. So older segments may be deleted and need
 * not be read at a start.
 *
 * <p>The file consists of frames: the number of producers and the former length, then each producer as JSON.
 *
 * @param formerLength the length of the segment before at that time; if it has grown since, the checkpoint is stale
 * @param accounts the producers, the most recent last
 */
record Checkpoint(long formerLength, List<ProducerAccount> accounts) {
    private static final ObjectReader READER = Json.readerOf(ProducerAccount.class);

    /** Copies the list. */
    Checkpoint {
        accounts = List.copyOf(accounts);
    }

    void write(RecordDirectory directory, long segment) throws IOException {
        var parts = new ArrayList<byte[]>();
        parts.add(Frame.of(Json.bytes(new Head(accounts.size(), formerLength))));
        accounts.forEach(account -> parts.add(Frame.of(Json.bytes(account))));
        AtomicFile.write(directory, FileNames.producers(segment), parts);
    }

    /** Returns the stored checkpoint; empty if it is missing or corrupt. */
    static Optional<Checkpoint> read(RecordDirectory directory, long segment) throws IOException {
        var file = directory.read(FileNames.producers(segment));
        if (file.isEmpty()) {
            return Optional.empty();
        }
        try (var frames = new FrameReader(file.get())) {
            var first = frames.next();
            if (first.isEmpty()) {
                return Optional.empty();
            }
            var head = Json.read(first.get(), Head.class);
            var accounts = new ArrayList<ProducerAccount>();
            for (var frame = frames.next(); frame.isPresent(); frame = frames.next()) {
                accounts.add(READER.readValue(frame.get()));
            }
            return accounts.size() == head.producers()
                    ? Optional.of(new Checkpoint(head.formerLength(), accounts))
                    : Optional.empty();
        } catch (MalformedJsonException | JsonProcessingException | CharConversionException e) {
            // the frames of another kind of file
            return Optional.empty();
        }
    }

    private record Head(int producers, long formerLength) {}
}
