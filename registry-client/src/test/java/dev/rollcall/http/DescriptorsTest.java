package dev.rollcall.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class DescriptorsTest {
    @ParameterizedTest
    @CsvSource({
        "1, 1, 1",
        "256, 128, 64",
        "1024, 512, 256",
        "4096, 2048, 1024",
        "20000, 16000, 12000",
        "1048576, 20000, 20000",
        "9223372036854775807, 20000, 20000"
    })
    void givenALimitOfDescriptors_whenConnectionsAreCounted_thenFilesAndCallsFindRoom(
            long max, int connections, int streams) {
        var descriptors = new Descriptors(max);

        assertThat(descriptors.connections()).isEqualTo(connections);
        assertThat(descriptors.streams()).isEqualTo(streams);
    }
}
