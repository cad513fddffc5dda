package dev.rollcall.log.store;

import dev.rollcall.disk.DirectoryGoneException;
import dev.rollcall.disk.RecordDirectory;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Maintains the closed segments: seals them, deletes them when they are too many or too old, and notices when another
 * program has deleted one.
 */
final class Retention {
    private final RecordDirectory directory;
    private final StoreSettings settings;
    private final Segments segments;
    private final Sealing sealing;
    private final List<ClosedSegment> sealed = new ArrayList<>();

    Retention(RecordDirectory directory, StoreSettings settings, Segments segments, Sealing sealing) {
        this.directory = directory;
        this.settings = settings;
        this.segments = segments;
        this.sealing = sealing;
    }

    /** Does one round, in which at most one segment is sealed; returns whether more are to be sealed. */
    boolean tidy(Instant now) throws IOException {
        deleteRawFiles();
        deleteOldest(now);
        checkFiles();
        // the checkpoint before the last is kept in case the last one is corrupt
        directory.delete(FileNames.producers(segments.active().number() - 2));
        var raw = segments.oldestRaw();
        if (raw.isEmpty()) {
            return false;
        }
        var segment = sealing.seal(raw.get());
        segments.replace(segment);
        sealed.add(raw.get());
        deleteRawFiles();
        return segments.oldestRaw().isPresent();
    }

    /** Checks each file's length. If the whole directory is gone, that is reported elsewhere, and not for each file. */
    private void checkFiles() throws IOException {
        try {
            directory.verify();
        } catch (DirectoryGoneException e) {
            return;
        }
        for (var segment : segments.closed()) {
            var file = segment.form().file(segment.number());
            segments.corruption().check(segment.number(), file, directory.length(file) < segment.fileLength());
        }
    }

    /** Deletes the raw files of sealed segments that have no readers. */
    private void deleteRawFiles() throws IOException {
        for (var segment : List.copyOf(sealed)) {
            if (segment.readers().get() == 0) {
                directory.delete(SegmentForm.RAW.file(segment.number()));
                sealed.remove(segment);
            }
        }
    }

    private void deleteOldest(Instant now) throws IOException {
        for (var segment : segments.closed()) {
            var isOld = segment.closed().isBefore(now.minus(settings.keepAge()));
            // each by its own age: a segment closed under a wrong clock must not keep others
            if (isOld || segments.fileBytes() > settings.keepBytes()) {
                delete(segment);
            }
        }
    }

    private void delete(ClosedSegment segment) throws IOException {
        directory.delete(SegmentForm.RAW.file(segment.number()));
        directory.delete(SegmentForm.SEALED.file(segment.number()));
        directory.delete(FileNames.index(segment.number()));
        directory.sync();
        segments.remove(segment);
        sealed.removeIf(each -> each.number() == segment.number());
    }
}
