package dev.rollcall.http;

import java.io.IOException;
import java.io.OutputStream;

/** Passes on what is written, each time under the eyes of a {@link Watch}. */
final class WatchedOutput extends OutputStream {
    private final Watch watch;
    private final OutputStream out;

    WatchedOutput(Watch watch, OutputStream out) {
        this.watch = watch;
        this.out = out;
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        watch.enter();
        try {
            out.write(bytes, offset, length);
        } finally {
            watch.leave();
        }
    }

    @Override
    public void flush() throws IOException {
        watch.enter();
        try {
            out.flush();
        } finally {
            watch.leave();
        }
    }

    @Override
    public void close() throws IOException {
        watch.enter();
        try {
            out.close();
        } finally {
            watch.leave();
        }
    }
}
