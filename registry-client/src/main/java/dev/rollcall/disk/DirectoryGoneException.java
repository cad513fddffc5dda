package dev.rollcall.disk;

import java.io.IOException;
import java.nio.file.Path;

/**
 * A directory, or a file open in it, was deleted, moved or replaced while it was in use: what is written to it now is not
 * found by the next start.
 */
public final class DirectoryGoneException extends IOException {
    private static final long serialVersionUID = 1;

    DirectoryGoneException(Path file) {
        super(file + " was deleted, moved or replaced while in use; put it back, or restart this process");
    }
}
