package dev.rollcall.http;

import java.io.IOException;
import java.io.OutputStream;

/** Forwards writes, each timed by a {@link WriteTimeout}. */
final class TimedOutput extends OutputStream {
    private final WriteTimeout writeTimeout;
    private final OutputStream out;

    TimedOutput(WriteTimeout writeTimeout, OutputStream out) {
        this.writeTimeout = writeTimeout;
        this.out = out;
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        writeTimeout.enter();
        try {
            out.write(bytes, offset, length);
        } finally {
            writeTimeout.leave();
        }
    }

    @Override
    public void flush() throws IOException {
        writeTimeout.enter();
        try {
            out.flush();
        } finally {
            writeTimeout.leave();
        }
    }

    @Override
    public void close() throws IOException {
        writeTimeout.enter();
        try {
            out.close();
        } finally {
            writeTimeout.leave();
        }
    }
}
