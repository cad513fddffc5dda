package dev.rollcall.log.store;

import dev.rollcall.disk.RecordDirectory;
import java.io.IOException;
import java.util.List;

/** Files that are there wholly or not at all: made under another name, synced, then renamed. */
final class AtomicFile {
    private AtomicFile() {}

    /** Makes a file of these parts, in place of the one that has its name. Its name is on disk too then. */
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
