package dev.rollcall.disk;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class FrameScannerTest {
    private static final List<String> PAYLOADS = List.of("one", "two", "a third one that is longer", "4");

    @Test
    void givenWholeFrames_whenScanned_thenAllAreThereAndNothingIsSkipped() throws IOException {
        try (var scanner = new FrameScanner(new ByteArrayInputStream(file()))) {
            assertThat(all(scanner, Long.MAX_VALUE)).isEqualTo(PAYLOADS);
            assertThat(scanner.skippedBytes()).isZero();
        }
    }

    @Test
    void givenOneDamagedByte_whenScanned_thenOnlyItsFrameIsMissing() throws IOException {
        for (var at = 0; at < file().length; at++) {
            var file = file();
            file[at] ^= 0x55;
            var damaged = frameAt(at);

            try (var scanner = new FrameScanner(new ByteArrayInputStream(file))) {
                var expected = new ArrayList<>(PAYLOADS);
                expected.remove(damaged);
                assertThat(all(scanner, file.length)).as("byte %d", at).isEqualTo(expected);
                assertThat(scanner.skippedBytes())
                        .as("byte %d", at)
                        .isEqualTo(Frame.HEADER_BYTES + PAYLOADS.get(damaged).length());
            }
        }
    }

    @Test
    void givenAFileCutAtAnyByte_whenScanned_thenTheFramesBeforeTheCutAreThere() throws IOException {
        var file = file();
        for (var cut = 0; cut <= file.length; cut++) {
            try (var scanner = new FrameScanner(new ByteArrayInputStream(Arrays.copyOf(file, cut)))) {
                assertThat(all(scanner, Long.MAX_VALUE))
                        .as("cut at %d", cut)
                        .isEqualTo(PAYLOADS.subList(0, cut == file.length ? PAYLOADS.size() : frameAt(cut)));
            }
        }
    }

    @Test
    void givenAFileThatGrows_whenScannedAgain_thenItGoesOn() throws IOException {
        var file = file();
        var first = Frame.HEADER_BYTES + PAYLOADS.get(0).length();
        try (var scanner = new FrameScanner(new ByteArrayInputStream(file))) {
            assertThat(all(scanner, 0)).isEmpty();
            assertThat(all(scanner, first)).containsExactly("one");
            assertThat(all(scanner, first)).isEmpty();
            assertThat(all(scanner, file.length)).isEqualTo(PAYLOADS.subList(1, 4));
            assertThat(scanner.skippedBytes()).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void givenLargeFramesInSmallPieces_whenSomeAreDamaged_thenTheOthersAreThere(long seed) throws IOException {
        var random = new Random(seed);
        var file = new ByteArrayOutputStream();
        var expected = new ArrayList<Integer>();
        for (var i = 0; i < 200; i++) {
            var payload = new byte[1 + random.nextInt(3_000)];
            random.nextBytes(payload);
            var frame = Frame.of(payload);
            if (random.nextInt(5) == 0) {
                frame[random.nextInt(frame.length)] ^= (byte) (1 + random.nextInt(255));
            } else {
                expected.add(Arrays.hashCode(payload));
            }
            file.writeBytes(frame);
        }

        var found = new ArrayList<Integer>();
        try (var scanner = new FrameScanner(inPieces(file.toByteArray(), random))) {
            for (var next = scanner.next(Long.MAX_VALUE); next.isPresent(); next = scanner.next(Long.MAX_VALUE)) {
                found.add(Arrays.hashCode(next.get()));
            }
        }

        assertThat(found).as("seed %d", seed).isEqualTo(expected);
    }

    private static InputStream inPieces(byte[] content, Random random) {
        return new ByteArrayInputStream(content) {
            @Override
            public synchronized int read(byte[] into, int offset, int count) {
                return super.read(into, offset, Math.min(count, 1 + random.nextInt(700)));
            }
        };
    }

    private static List<String> all(FrameScanner scanner, long limit) throws IOException {
        var payloads = new ArrayList<String>();
        for (var next = scanner.next(limit); next.isPresent(); next = scanner.next(limit)) {
            payloads.add(new String(next.get(), StandardCharsets.US_ASCII));
        }
        return payloads;
    }

    /** Returns the frame that a byte belongs to. */
    private static int frameAt(int offset) {
        var end = 0;
        for (var i = 0; i < PAYLOADS.size(); i++) {
            end += Frame.HEADER_BYTES + PAYLOADS.get(i).length();
            if (offset < end) {
                return i;
            }
        }
        return PAYLOADS.size();
    }

    private static byte[] file() {
        var file = new ByteArrayOutputStream();
        PAYLOADS.forEach(text -> file.writeBytes(Frame.of(text.getBytes(StandardCharsets.US_ASCII))));
        return file.toByteArray();
    }
}
