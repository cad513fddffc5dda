package dev.rollcall.registry.outgoing;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/** The channel itself, without encryption. */
final class PlainWire implements Wire {
    private final SocketChannel channel;

    PlainWire(SocketChannel channel) {
        this.channel = channel;
    }

    @Override
    public boolean isSecured(Runnable again) {
        return true;
    }

    @Override
    public boolean isWorking() {
        return false;
    }

    @Override
    public void write(ByteBuffer out) throws IOException {
        channel.write(out);
    }

    @Override
    public boolean hasUnsent() {
        return false;
    }

    @Override
    public int read(ByteBuffer in) throws IOException {
        return channel.read(in);
    }

    @Override
    public boolean isEnded() {
        return false;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
