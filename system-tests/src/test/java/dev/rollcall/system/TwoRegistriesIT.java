package dev.rollcall.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.system.testkit.Act;
import dev.rollcall.system.testkit.Await;
import dev.rollcall.system.testkit.Ports;
import dev.rollcall.system.testkit.Program;
import dev.rollcall.system.testkit.RawServer;
import dev.rollcall.system.testkit.Roll;
import dev.rollcall.system.testkit.Suite;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Two addresses in {@code --registry}, of which the first neither refuses nor responds. */
final class TwoRegistriesIT {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    /** The first address's share of 5 s, and an allowance for a busy machine. */
    private static final Duration REGISTERED_WITHIN = Duration.ofSeconds(12);

    @RegisterExtension
    final Suite suite = Suite.ofEachTest();

    @Test
    void givenTheFirstAcceptsAndNeverAnswers_whenStartedAndStopped_thenTheSecondHasItAndLosesIt() throws Exception {
        var hanging = suite.closesAtTheEnd(RawServer.on(Ports.free(), request -> new Act.Stall()));

        assertReachesTheSecond(hanging.url());
    }

    @Test
    void givenTheFirstSwallowsConnections_whenStartedAndStopped_thenTheSecondHasItAndLosesIt() throws Exception {
        var hole = suite.closesAtTheEnd(new BlackHole());

        assertReachesTheSecond(hole.url());
    }

    private void assertReachesTheSecond(String first) throws IOException, InterruptedException {
        suite.startRegistry().url();
        var both = first + "," + suite.registryUrl();
        var grading = suite.start(Program.GRADING, "--registry", both, "--flush", "300ms");
        var url = grading.url();

        Await.atMost(
                REGISTERED_WITHIN,
                () -> assertThat(Roll.of(suite.registryUrl()).urls()).contains(url));
        grading.pressEnter();

        assertThat(grading.awaitExit(LIMIT)).isZero();
        assertThat(Roll.of(suite.registryUrl()).urls()).isEmpty();
    }

    /** A port whose accept queue is full: the system drops further connection attempts. */
    private static final class BlackHole implements AutoCloseable {
        private final ServerSocket server = new ServerSocket();
        private final List<Socket> queued = new ArrayList<>();

        BlackHole() throws IOException {
            server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), Ports.free()), 1);
            while (isTaken()) {
                assertThat(queued).hasSizeLessThan(100);
            }
        }

        String url() {
            return "http://127.0.0.1:" + server.getLocalPort();
        }

        private boolean isTaken() throws IOException {
            var socket = new Socket();
            queued.add(socket);
            try {
                socket.connect(server.getLocalSocketAddress(), 300);
                return true;
            } catch (SocketTimeoutException e) {
                return false;
            }
        }

        @Override
        public void close() throws IOException {
            for (var socket : queued) {
                socket.close();
            }
            server.close();
        }
    }
}
