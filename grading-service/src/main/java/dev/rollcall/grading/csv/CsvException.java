package dev.rollcall.grading.csv;

import java.io.Serial;

/** A text that is no table; the message says why. */
public final class CsvException extends Exception {
    @Serial
    private static final long serialVersionUID = 1;

    private final int line;

    CsvException(int line, String message) {
        super(message);
        this.line = line;
    }

    /** Where, from 1. */
    public int line() {
        return line;
    }
}
