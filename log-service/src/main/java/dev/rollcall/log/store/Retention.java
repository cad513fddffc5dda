package dev.rollcall.log.store;

import dev.rollcall.disk.DirectoryGoneException;
import dev.rollcall.disk.RecordDirectory;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * What is done to closed segments: they are sealed, and deleted when there are too many or they are too old. Those that
 * another program has deleted are noticed.
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

    /** Does what is to be done now, of sealing only one segment; whether there is more of that. */
    boolean tidy(Instant now) throws IOException {
        deleteWhatIsSealed();
        deleteOldest(now);
        checkFiles();
        // the one before the last is kept, in case that the last one is damaged
        directory.delete(FileNames.producers(segments.active().number() - 2));
        var raw = segments.oldestRaw();
        if (raw.isEmpty()) {
            return false;
        }
        var segment = sealing.seal(raw.get());
        segments.replace(segment);
        sealed.add(raw.get());
        deleteWhatIsSealed();
        return segments.oldestRaw().isPresent();
    }

    /** A look at each file's length; where the whole directory is gone, that is told and not each file. */
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

    /** The lines of segments that are there compressed, unless somebody reads them still. */
    private void deleteWhatIsSealed() throws IOException {
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
            // each by its own age: one that was closed by a wrong clock keeps no other
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
