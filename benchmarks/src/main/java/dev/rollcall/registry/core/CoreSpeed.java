package dev.rollcall.registry.core;

import dev.rollcall.wire.HttpUrl;
import dev.rollcall.wire.Registration;
import dev.rollcall.wire.ServiceName;
import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** The registry's core without a socket: the cost of a probe, and of notifying a thousand dependants. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class CoreSpeed {
    private static final ServiceName PROVIDED = new ServiceName("Provided");
    private static final ServiceName DEPENDANT = new ServiceName("Dependant");
    private static final HttpUrl PROVIDER = HttpUrl.of("http://127.0.0.1:9000");
    private static final long STEP_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    /** The number of dependants. */
    @Param("1000")
    public int dependants;

    private RegistryCore core = newCore();
    private long now;
    private long ticket;

    /** Creates a registry whose dependants have all acknowledged an empty view. */
    @Setup
    public void begin() {
        core = newCore();
        now = 0;
        for (var i = 0; i < dependants; i++) {
            core.register(dependant(i), ++ticket, now);
            settle();
        }
        settle();
    }

    /** Advances time to the next probe, and completes it. */
    @Benchmark
    public int heartbeat() {
        var done = 0;
        while (done == 0) {
            now = Math.max(now, core.nextDueNanos());
            core.tick(now);
            done = settle();
        }
        return done;
    }

    /** A provider registers and leaves; every dependant is notified twice and acknowledges. */
    @Benchmark
    public int comeAndGo() {
        now += STEP_NANOS;
        core.register(Registration.of(PROVIDED, PROVIDER), ++ticket, now);
        var notified = settle();
        now += STEP_NANOS;
        core.deregister(PROVIDER, ++ticket, now);
        return notified + settle();
    }

    /** Performs all effects and their successors: every probe finds its instance alive, every patch is applied. */
    private int settle() {
        var done = 0;
        for (var effects = core.effects(); !effects.isEmpty(); effects = core.effects()) {
            for (var effect : effects) {
                done++;
                if (effect instanceof Effect.Probe probe) {
                    core.probed(probe.instance(), probe.attempt(), ProbeVerdict.of(Evidence.ALIVE, ""), now);
                } else if (effect instanceof Effect.Send send) {
                    core.sent(send.dependant(), send.attempt(), PatchOutcome.APPLIED, now);
                }
            }
        }
        return done;
    }

    private static RegistryCore newCore() {
        return new RegistryCore(CoreSettings.DEFAULT, "epoch", new SplittableRandom(1), InstantSource.system());
    }

    private static Registration dependant(int i) {
        var url = HttpUrl.of("http://127.0.0.1:" + (10_000 + i));
        return new Registration(
                DEPENDANT,
                url,
                List.of(PROVIDED),
                URI.create(url.value() + "/services"),
                URI.create(url.value() + "/heartbeat"),
                "instance-" + i,
                Registration.EXTENDED,
                Map.of());
    }
}
