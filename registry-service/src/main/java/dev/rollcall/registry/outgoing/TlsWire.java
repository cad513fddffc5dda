package dev.rollcall.registry.outgoing;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.concurrent.Callable;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLEngineResult.Status;
import org.jspecify.annotations.Nullable;

/**
 * Encrypts. It keeps at most one partly received record, and records that the channel did not take; an idle one keeps
 * nothing.
 *
 * <pre>
 * no engine ──▶ handshake ⇄ working ──▶ secured
 * </pre>
 */
final class TlsWire implements Wire {
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);
    private static final int UNSENT_BYTES_MAX = 2 * Tls.RECORD_BYTES;

    private final SocketChannel channel;
    private final Tls tls;
    private final String host;
    private final int port;
    private @Nullable SSLEngine engine;
    private @Nullable Exception failure;
    private ByteBuffer received = NOTHING;
    private ByteBuffer unsent = NOTHING;
    private boolean isWorking;
    private boolean isCut;
    private boolean isCloseNotified;

    TlsWire(SocketChannel channel, Tls tls, String host, int port) {
        this.channel = channel;
        this.tls = tls;
        this.host = host;
        this.port = port;
    }

    @Override
    public boolean isSecured(Runnable onProgress) throws IOException {
        if (isWorking) {
            return false;
        }
        if (failure != null) {
            throw new IOException(failure.getMessage(), failure);
        }
        var sslEngine = engine;
        if (sslEngine == null) {
            work(() -> tls.engine(host, port), onProgress);
            return false;
        }
        while (isFlushed()) {
            switch (sslEngine.getHandshakeStatus()) {
                case NEED_WRAP -> send(sslEngine, NOTHING.duplicate());
                case NEED_TASK -> {
                    work(() -> afterTasks(sslEngine), onProgress);
                    return false;
                }
                case NEED_UNWRAP, NEED_UNWRAP_AGAIN -> {
                    if (!hasUnwrapped(sslEngine)) {
                        return false;
                    }
                }
                case FINISHED, NOT_HANDSHAKING -> {
                    if (sslEngine.isInboundDone() || sslEngine.isOutboundDone()) {
                        throw new IOException("the handshake was given up");
                    }
                    return true;
                }
            }
        }
        return false;
    }

    @Override
    public boolean isWorking() {
        return isWorking;
    }

    @Override
    public void write(ByteBuffer out) throws IOException {
        while (isFlushed() && out.hasRemaining()) {
            send(secured(), out);
        }
    }

    @Override
    public boolean hasUnsent() {
        return unsent.hasRemaining();
    }

    @Override
    public int read(ByteBuffer in) throws IOException {
        var sslEngine = secured();
        var records = receive();
        var before = in.position();
        while (records.hasRemaining() && !isCloseNotified && isProgress(sslEngine.unwrap(records, in))) {
            if (sslEngine.getHandshakeStatus() == HandshakeStatus.NEED_WRAP) {
                // new keys, or the response to close_notify
                wrap(sslEngine, NOTHING.duplicate());
            }
        }
        retain(records);
        var count = in.position() - before;
        return count == 0 && isEnded() ? -1 : count;
    }

    @Override
    public boolean isEnded() {
        return isCut || isCloseNotified;
    }

    @Override
    public void close() throws IOException {
        try {
            if (engine != null && !isWorking && channel.isConnected()) {
                sendCloseNotify(engine);
            }
        } finally {
            channel.close();
        }
    }

    private SSLEngine secured() throws IOException {
        if (engine == null) {
            throw new IOException("it isn't secured yet");
        }
        return engine;
    }

    private void work(Callable<SSLEngine> task, Runnable onProgress) {
        isWorking = true;
        tls.work(
                task,
                made -> {
                    engine = made;
                    isWorking = false;
                    onProgress.run();
                },
                thrown -> {
                    failure = thrown;
                    isWorking = false;
                    onProgress.run();
                });
    }

    private static SSLEngine afterTasks(SSLEngine sslEngine) {
        for (var task = sslEngine.getDelegatedTask(); task != null; task = sslEngine.getDelegatedTask()) {
            task.run();
        }
        return sslEngine;
    }

    /** Unwraps the next record of the handshake; returns {@code false} if it has not arrived. */
    private boolean hasUnwrapped(SSLEngine sslEngine) throws IOException {
        var records = receive();
        var result = sslEngine.unwrap(records, NOTHING.duplicate());
        retain(records);
        if (result.getStatus() == Status.BUFFER_OVERFLOW) {
            throw new IOException("it sends a response without a request");
        }
        if (result.getStatus() == Status.OK) {
            return true;
        }
        if (isCut || result.getStatus() == Status.CLOSED) {
            throw new IOException("the connection was closed within the handshake");
        }
        return false;
    }

    /** Returns whether there may be more to unwrap. */
    private boolean isProgress(SSLEngineResult result) throws IOException {
        isCloseNotified |= result.getStatus() == Status.CLOSED;
        if (result.getStatus() == Status.BUFFER_OVERFLOW) {
            throw new IOException("a record is larger than any may be");
        }
        if (result.getHandshakeStatus() == HandshakeStatus.NEED_TASK) {
            throw new IOException("it wants another handshake on the same connection");
        }
        return result.getStatus() == Status.OK;
    }

    /** Returns what has arrived, in the shared buffer. */
    private ByteBuffer receive() throws IOException {
        var records = tls.sharedIn();
        records.put(received);
        received = NOTHING;
        if (channel.read(records) < 0) {
            isCut = true;
        }
        return records.flip();
    }

    private void retain(ByteBuffer records) {
        received = copyOf(records);
    }

    private void send(SSLEngine sslEngine, ByteBuffer plain) throws IOException {
        if (wrap(sslEngine, plain) != Status.OK) {
            throw new IOException("the other side has closed the connection");
        }
    }

    private Status wrap(SSLEngine sslEngine, ByteBuffer plain) throws IOException {
        var records = tls.sharedOut();
        var result = sslEngine.wrap(plain, records);
        records.flip();
        if (isFlushed()) {
            channel.write(records);
        }
        if (records.hasRemaining()) {
            retainUnsent(records);
        }
        return result.getStatus();
    }

    private void retainUnsent(ByteBuffer records) throws IOException {
        var size = unsent.remaining() + records.remaining();
        if (size > UNSENT_BYTES_MAX) {
            throw new IOException("it does not read what it requested");
        }
        unsent = ByteBuffer.allocate(size).put(unsent).put(records).flip();
    }

    private boolean isFlushed() throws IOException {
        if (unsent.hasRemaining()) {
            channel.write(unsent);
            if (unsent.hasRemaining()) {
                return false;
            }
            unsent = NOTHING;
        }
        return true;
    }

    /**
     * Sends close_notify, which also reports why a handshake failed; skipped if the channel does not take it at once.
     */
    private void sendCloseNotify(SSLEngine sslEngine) throws IOException {
        sslEngine.closeOutbound();
        if (!isFlushed()) {
            return;
        }
        while (!sslEngine.isOutboundDone()) {
            var records = tls.sharedOut();
            var result = sslEngine.wrap(NOTHING.duplicate(), records);
            channel.write(records.flip());
            if (result.bytesProduced() == 0 || records.hasRemaining()) {
                return;
            }
        }
    }

    private static ByteBuffer copyOf(ByteBuffer some) {
        return some.hasRemaining()
                ? ByteBuffer.allocate(some.remaining()).put(some).flip()
                : NOTHING;
    }
}
