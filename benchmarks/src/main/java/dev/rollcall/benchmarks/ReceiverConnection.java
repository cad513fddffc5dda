package dev.rollcall.benchmarks;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * One kept connection to a played instance. Reads the registry's requests, in the registry's own spelling of headers,
 * and answers each at once. Owned by the receiver's thread.
 */
final class ReceiverConnection {
    private static final byte[] NOTHING = {};
    private static final byte[] OK = ascii("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
    private static final byte[] HEAD_END = ascii("\r\n\r\n");
    private static final byte[] ADDS_NOBODY = ascii("{\"Added\":[]");
    private static final byte[] REMOVES_NOBODY = ascii("\"Removed\":[]}");

    private final SocketChannel channel;
    private final int number;
    private final Receiver receiver;
    private byte[] held = NOTHING;
    private int heldBytes;

    ReceiverConnection(SocketChannel channel, int number, Receiver receiver) {
        this.channel = channel;
        this.number = number;
        this.receiver = receiver;
    }

    /** There is something to read. */
    void ready(Scratch scratch) {
        try {
            if (!read(scratch)) {
                channel.close();
            }
        } catch (IOException e) {
            // the registry was killed, as some rounds do
            closeQuietly();
        }
    }

    private boolean read(Scratch scratch) throws IOException {
        scratch.buffer.clear();
        var count = channel.read(scratch.buffer);
        if (count < 0) {
            return false;
        }
        if (heldBytes == 0) {
            keep(scratch.bytes, answered(scratch.bytes, count), count);
        } else {
            append(scratch.bytes, count);
            keep(held, answered(held, heldBytes), heldBytes);
        }
        return true;
    }

    /** Answers all whole requests among these bytes; gives where the first one that isn't whole begins. */
    private int answered(byte[] bytes, int end) throws IOException {
        var from = 0;
        for (var length = answerOne(bytes, from, end); length > 0; length = answerOne(bytes, from, end)) {
            from += length;
        }
        return from;
    }

    private int answerOne(byte[] bytes, int from, int end) throws IOException {
        var headEnd = indexOf(bytes, from, end, HEAD_END);
        if (headEnd < 0) {
            return 0;
        }
        var head = new String(bytes, from, headEnd - from + 2, StandardCharsets.ISO_8859_1);
        var bodyFrom = headEnd + HEAD_END.length;
        var bodyEnd =
                bodyFrom + header(head, "Content-Length").map(Integer::parseInt).orElse(0);
        if (bodyEnd > end) {
            return 0;
        }
        if (head.startsWith("POST ")) {
            patch(head, new Sight(bytes, from, bodyFrom, bodyEnd));
        } else {
            heartbeat(head);
        }
        return bodyEnd - from;
    }

    private void patch(String head, Sight sight) throws IOException {
        write(OK);
        var view = header(head, "Registry-Epoch").orElse("")
                + ":"
                + header(head, "Registry-Revision").orElse("");
        receiver.patched(number, view, sight);
    }

    private void heartbeat(String head) throws IOException {
        var instance = header(head, "Registry-Instance");
        if (instance.isEmpty()) {
            write(OK);
        } else {
            var view = receiver.view(number);
            write(ascii("HTTP/1.1 200 OK\r\nContent-Length: 0\r\nRegistry-Instance: "
                    + instance.get()
                    + (view == null ? "" : "\r\nRegistry-View: " + view)
                    + "\r\n\r\n"));
        }
        receiver.heard();
    }

    private void write(byte[] answer) throws IOException {
        var buffer = ByteBuffer.wrap(answer);
        channel.write(buffer);
        if (buffer.hasRemaining()) {
            throw new IOException("an answer of " + answer.length + " bytes doesn't fit into the socket's buffer");
        }
    }

    private void append(byte[] bytes, int count) {
        if (heldBytes + count > held.length) {
            held = Arrays.copyOf(held, Math.max(heldBytes + count, 2 * held.length));
        }
        System.arraycopy(bytes, 0, held, heldBytes, count);
        heldBytes += count;
    }

    @SuppressWarnings("ReferenceEquality") // whether it is the very same array
    private void keep(byte[] bytes, int from, int end) {
        if (from == end) {
            held = NOTHING;
            heldBytes = 0;
        } else if (bytes != held || from > 0) {
            held = Arrays.copyOfRange(bytes, from, end);
            heldBytes = held.length;
        }
    }

    private void closeQuietly() {
        try {
            channel.close();
        } catch (IOException e) {
            // it is of no use any more
        }
    }

    private static Optional<String> header(String head, String name) {
        var from = head.indexOf("\r\n" + name + ": ");
        if (from < 0) {
            return Optional.empty();
        }
        var valueFrom = from + name.length() + 4;
        return Optional.of(head.substring(valueFrom, head.indexOf("\r\n", valueFrom)));
    }

    private static int indexOf(byte[] bytes, int from, int end, byte[] wanted) {
        for (var i = from; i <= end - wanted.length; i++) {
            if (Arrays.equals(bytes, i, i + wanted.length, wanted, 0, wanted.length)) {
                return i;
            }
        }
        return -1;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    /** What all connections read into. */
    static final class Scratch {
        private static final int BYTES = 256 * 1_024;

        private final byte[] bytes = new byte[BYTES];
        private final ByteBuffer buffer = ByteBuffer.wrap(bytes);
    }

    /** A patch where it lies in the buffer, looked at without being parsed. */
    static final class Sight {
        private final byte[] bytes;
        private final int from;
        private final int bodyFrom;
        private final int end;

        private Sight(byte[] bytes, int from, int bodyFrom, int end) {
            this.bytes = bytes;
            this.from = from;
            this.bodyFrom = bodyFrom;
            this.end = end;
        }

        boolean adds() {
            var length = ADDS_NOBODY.length;
            return end - bodyFrom >= length
                    && !Arrays.equals(bytes, bodyFrom, bodyFrom + length, ADDS_NOBODY, 0, length);
        }

        boolean removes() {
            var length = REMOVES_NOBODY.length;
            return end - bodyFrom >= length && !Arrays.equals(bytes, end - length, end, REMOVES_NOBODY, 0, length);
        }

        /** The whole request's bytes. */
        byte[] copy() {
            return Arrays.copyOfRange(bytes, from, end);
        }
    }
}
