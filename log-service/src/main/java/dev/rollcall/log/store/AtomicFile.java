package dev.rollcall.log.store;

import dev.rollcall.disk.RecordDirectory;
import java.io.IOException;
import java.util.List;

/** Writes files that exist completely or not at all: under a temporary name, synced, then renamed. */
final class AtomicFile {
    private AtomicFile() {}

    /** Creates or replaces a file with these parts, and syncs the directory. */
    static void write(RecordDirectory directory, String name, List<byte[]> parts) throws IOException {
        var unfinished = name + FileNames.UNFINISHED;
        directory.delete(unfinished);
        try (var file = directory.open(unfinished)) {
            for (var part : parts) {
                file.append(part);
            }
            file.sync();
        }
        directory.rename(unfinished, name);
        directory.sync();
    }
}
