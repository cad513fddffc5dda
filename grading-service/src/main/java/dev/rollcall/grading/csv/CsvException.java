package dev.rollcall.grading.csv;

import java.io.Serial;

/** Thrown for malformed CSV; the message may be shown to the client. */
public final class CsvException extends Exception {
    @Serial
    private static final long serialVersionUID = 1;

    private final int line;

    CsvException(int line, String message) {
        super(message);
        this.line = line;
    }

    /** Returns the line of the defect, from 1. */
    public int line() {
        return line;
    }
}
