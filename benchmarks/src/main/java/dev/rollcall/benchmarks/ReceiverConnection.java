package dev.rollcall.benchmarks;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * One kept connection to a simulated instance. Parses the registry's requests, in the registry's own spelling of
 * headers, and responds at once. Confined to the receiver's thread.
 */
final class ReceiverConnection {
    private static final byte[] EMPTY = {};
    private static final byte[] OK = ascii("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
    private static final byte[] HEAD_END = ascii("\r\n\r\n");
    private static final byte[] ADDS_NONE = ascii("{\"Added\":[]");
    private static final byte[] REMOVES_NONE = ascii("\"Removed\":[]}");

    private final SocketChannel channel;
    private final int number;
    private final Receiver receiver;
    private byte[] held = EMPTY;
    private int heldBytes;

    ReceiverConnection(SocketChannel channel, int number, Receiver receiver) {
        this.channel = channel;
        this.number = number;
        this.receiver = receiver;
    }

    /** Reads what has arrived. */
    void ready(Scratch scratch) {
        try {
            if (!read(scratch)) {
                channel.close();
            }
        } catch (IOException e) {
            // some rounds kill the registry
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
            keep(scratch.bytes, respondAll(scratch.bytes, count), count);
        } else {
            append(scratch.bytes, count);
            keep(held, respondAll(held, heldBytes), heldBytes);
        }
        return true;
    }

    /** Responds to all complete requests among these bytes; returns where the first incomplete one starts. */
    private int respondAll(byte[] bytes, int end) throws IOException {
        var from = 0;
        for (var length = respondOne(bytes, from, end); length > 0; length = respondOne(bytes, from, end)) {
            from += length;
        }
        return from;
    }

    private int respondOne(byte[] bytes, int from, int end) throws IOException {
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
            patch(head, new PatchBytes(bytes, from, bodyFrom, bodyEnd));
        } else {
            heartbeat(head);
        }
        return bodyEnd - from;
    }

    private void patch(String head, PatchBytes patch) throws IOException {
        write(OK);
        var view = header(head, "Registry-Epoch").orElse("")
                + ":"
                + header(head, "Registry-Revision").orElse("");
        receiver.patched(number, view, patch);
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

    private void write(byte[] response) throws IOException {
        var buffer = ByteBuffer.wrap(response);
        channel.write(buffer);
        if (buffer.hasRemaining()) {
            throw new IOException("a response of " + response.length + " bytes doesn't fit into the socket's buffer");
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
            held = EMPTY;
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
            // closed anyway
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

    /** The buffer that all connections read into. */
    static final class Scratch {
        private static final int BYTES = 256 * 1_024;

        private final byte[] bytes = new byte[BYTES];
        private final ByteBuffer buffer = ByteBuffer.wrap(bytes);
    }

    /** A patch in the buffer, inspected without parsing. */
    static final class PatchBytes {
        private final byte[] bytes;
        private final int from;
        private final int bodyFrom;
        private final int end;

        private PatchBytes(byte[] bytes, int from, int bodyFrom, int end) {
            this.bytes = bytes;
            this.from = from;
            this.bodyFrom = bodyFrom;
            this.end = end;
        }

        boolean adds() {
            var length = ADDS_NONE.length;
            return end - bodyFrom >= length && !Arrays.equals(bytes, bodyFrom, bodyFrom + length, ADDS_NONE, 0, length);
        }

        boolean removes() {
            var length = REMOVES_NONE.length;
            return end - bodyFrom >= length && !Arrays.equals(bytes, end - length, end, REMOVES_NONE, 0, length);
        }

        /** Returns the bytes of the whole request. */
        byte[] copy() {
            return Arrays.copyOfRange(bytes, from, end);
        }
    }
}
