package dev.rollcall.disk;

import java.io.IOException;
import java.nio.file.Path;

/**
 * Signals that a directory, or a file open in it, was deleted, moved or replaced while in use. The next start does not
 * find what is written to it now.
 */
public final class DirectoryGoneException extends IOException {
    private static final long serialVersionUID = 1;

    DirectoryGoneException(Path file) {
        super(file + " was deleted, moved or replaced while in use; put it back, or restart this process");
    }
}
