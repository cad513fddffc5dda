package dev.rollcall.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class FrameTest {
    private static final List<String> PAYLOADS = List.of("{}", "a", "a payload of some more bytes", "\0\0\0\0");

    @Test
    void givenAPayload_whenFramed_thenLengthAndChecksumStandBeforeIt() {
        // the check value of CRC-32C (iSCSI) in the catalogue of parametrised CRC algorithms
        var frame = Frame.of("123456789".getBytes(StandardCharsets.US_ASCII));

        assertThat(HexFormat.of().formatHex(frame)).isEqualTo("00000009" + "e3069283" + "313233343536373839");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, Frame.PAYLOAD_BYTES_MAX + 1})
    void givenAPayloadOfNoAllowedLength_whenFramed_thenItIsRefused(int length) {
        assertThatThrownBy(() -> Frame.of(new byte[length])).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, Frame.PAYLOAD_BYTES_MAX})
    void givenAPayloadAtTheEdge_whenFramedAndRead_thenItIsTheSame(int length) throws IOException {
        var payload = new byte[length];

        var read = new FrameReader(new ByteArrayInputStream(Frame.of(payload)));

        assertThat(read.next().orElseThrow()).isEqualTo(payload);
        assertThat(read.next()).isEmpty();
    }

    @Test
    void givenFramesCutAtAnyByte_whenRead_thenThoseBeforeTheCutAreThere() throws IOException {
        var file = file();
        for (var cut = 0; cut <= file.length; cut++) {
            var whole = wholeWithin(cut);

            var reading = Reading.of(Arrays.copyOf(file, cut));

            assertThat(reading.payloads()).as("cut at %d", cut).isEqualTo(PAYLOADS.subList(0, whole));
            assertThat(reading.goodLength()).as("cut at %d", cut).isEqualTo(lengthOf(whole));
        }
    }

    @Test
    void givenFramesWithZerosBehind_whenRead_thenZerosAreNoFrames() throws IOException {
        var file = file();

        var reading = Reading.of(Arrays.copyOf(file, file.length + 4_096));

        assertThat(reading.payloads()).isEqualTo(PAYLOADS);
        assertThat(reading.goodLength()).isEqualTo(file.length);
    }

    @Test
    void givenAnyBitFlipped_whenRead_thenOnlyTheFramesBeforeItAreThere() throws IOException {
        for (var bit = 0; bit < file().length * 8; bit++) {
            var file = file();
            file[bit / 8] ^= (byte) (1 << (bit % 8));
            var whole = wholeWithin(bit / 8);

            var reading = Reading.of(file);

            assertThat(reading.payloads()).as("bit %d", bit).isEqualTo(PAYLOADS.subList(0, whole));
            assertThat(reading.goodLength()).as("bit %d", bit).isEqualTo(lengthOf(whole));
        }
    }

    @Test
    void givenATornFrame_whenAskedAgain_thenWhatStandsBehindItIsNotRead() throws IOException {
        var torn = Frame.of(new byte[100]);
        torn[50] = 1;
        var file = new ByteArrayOutputStream();
        file.write(torn);
        file.write(Frame.of(new byte[] {1}));
        var reader = new FrameReader(new ByteArrayInputStream(file.toByteArray()));

        var first = reader.next();
        var second = reader.next();

        assertThat(first).isEmpty();
        assertThat(second).isEmpty();
        assertThat(reader.goodLength()).isZero();
    }

    private static byte[] file() {
        var file = new ByteArrayOutputStream();
        PAYLOADS.forEach(payload -> file.writeBytes(Frame.of(payload.getBytes(StandardCharsets.UTF_8))));
        return file.toByteArray();
    }

    private static int wholeWithin(int bytes) {
        var count = 0;
        while (count < PAYLOADS.size() && lengthOf(count + 1) <= bytes) {
            count++;
        }
        return count;
    }

    private static int lengthOf(int frames) {
        return PAYLOADS.subList(0, frames).stream()
                .mapToInt(payload -> Frame.HEADER_BYTES + payload.length())
                .sum();
    }

    private record Reading(List<String> payloads, long goodLength) {
        static Reading of(byte[] file) throws IOException {
            var payloads = new ArrayList<String>();
            try (var reader = new FrameReader(new ByteArrayInputStream(file))) {
                for (var next = reader.next(); next.isPresent(); next = reader.next()) {
                    payloads.add(new String(next.get(), StandardCharsets.UTF_8));
                }
                return new Reading(payloads, reader.goodLength());
            }
        }
    }
}
