package dev.rollcall.shipping;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(300)
final class DoorTest {
    private static final long MINUTE_NANOS = TimeUnit.MINUTES.toNanos(1);
    private static final long SIZE = captured(Level.INFO_INT, "x").bytes();

    private final Tally tally = Tally.inMemory();

    @Test
    void givenRoomForTwo_whenAThirdComes_thenItIsDroppedAndCounted() {
        var door = new Door(tally, DropPolicy.NEWEST, 2 * SIZE);

        put(door, Level.ERROR_INT, 3);

        assertThat(taken(door)).hasSize(2);
        assertThat(door.takeLost()).isEqualTo(1);
        assertThat(door.takeLost()).isZero();
        assertThat(tally.produced()).isEqualTo(3);
    }

    @Test
    void givenThreeQuartersAreTaken_whenAllBelowWarnIsDropped_thenOnlyWarningsHaveRoom() {
        var door = new Door(tally, DropPolicy.BELOW_WARN, 100 * SIZE);
        put(door, Level.INFO_INT, 80);

        put(door, Level.WARN_INT, 10);

        assertThat(taken(door)).hasSize(85);
        assertThat(door.takeLost()).isEqualTo(5);
    }

    @Test
    void givenItWasEmptied_whenMoreComes_thenThereIsRoomAgain() {
        var door = new Door(tally, DropPolicy.NEWEST, SIZE);
        put(door, Level.INFO_INT, 1);
        taken(door);

        put(door, Level.INFO_INT, 1);

        assertThat(taken(door)).hasSize(1);
        assertThat(door.bytes()).isZero();
    }

    @Test
    void givenSomeoneSleeps_whenARecordComes_thenHeIsWoken() throws InterruptedException {
        var door = new Door(tally, DropPolicy.NEWEST, 10 * SIZE);
        var woken = new CountDownLatch(1);
        var sleeper = new Thread(() -> {
            while (door.isEmpty()) {
                door.sleep(MINUTE_NANOS);
            }
            woken.countDown();
        });
        sleeper.start();

        put(door, Level.INFO_INT, 1);

        assertThat(woken.await(20, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void givenManyCallers_whenOneTakes_thenEachOnesRecordsComeInOrderAndNoneIsMissing() throws InterruptedException {
        var door = new Door(tally, DropPolicy.NEWEST, Long.MAX_VALUE / 2);
        var callers = new ArrayList<Thread>();
        for (var i = 0; i < 4; i++) {
            var name = "t" + i;
            callers.add(new Thread(() -> {
                for (var n = 0; n < 20_000; n++) {
                    door.put(captured(Level.INFO_INT, name + " " + n));
                }
            }));
        }
        callers.forEach(Thread::start);
        var next = new HashMap<String, Integer>(Map.of("t0", 0, "t1", 0, "t2", 0, "t3", 0));
        for (var count = 0; count < 80_000; ) {
            for (var captured : taken(door)) {
                var words = captured.message().split(" ", -1);
                assertThat(next.put(words[0], Integer.parseInt(words[1]) + 1)).isEqualTo(Integer.parseInt(words[1]));
                count++;
            }
            door.sleep(1_000_000);
        }

        assertThat(tally.produced()).isEqualTo(80_000);
        assertThat(door.bytes()).isZero();
    }

    private static void put(Door door, int level, int count) {
        for (var i = 0; i < count; i++) {
            door.put(captured(level, "x"));
        }
    }

    private static List<Captured> taken(Door door) {
        var taken = new ArrayList<Captured>();
        door.take(taken, Long.MAX_VALUE);
        return taken;
    }

    private static Captured captured(int level, String message) {
        return new Captured(Samples.TIME, level, "logger", "main", message, null, Map.of(), List.of());
    }
}
