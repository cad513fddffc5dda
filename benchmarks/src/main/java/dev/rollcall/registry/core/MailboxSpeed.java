package dev.rollcall.registry.core;

import dev.rollcall.wire.HttpUrl;
import dev.rollcall.wire.Provider;
import dev.rollcall.wire.ServiceName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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

/** One provider comes and goes among others: the resulting patch for one dependant, and its acknowledgement. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class MailboxSpeed {
    private static final ServiceName SERVICE = new ServiceName("Provided");
    private static final long STEP_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    /** The number of providers the dependant has already. */
    @Param({"1", "10", "100"})
    public int providers;

    /** Whether the dependant understands revisions. */
    @Param({"true", "false"})
    public boolean extended;

    private List<Provider> without = List.of();
    private List<Provider> with = List.of();
    private Mailbox mailbox = new Mailbox(true, new SplittableRandom(1), 0);
    private long revision;
    private long now;
    private boolean isWith;

    /** Creates a dependant that knows all providers but one. */
    @Setup
    public void begin() {
        var all = new ArrayList<Provider>();
        for (var i = 0; i <= providers; i++) {
            all.add(Provider.of(SERVICE, HttpUrl.of("http://127.0.0.1:" + (10_000 + i))));
        }
        with = List.copyOf(all);
        without = List.copyOf(all.subList(0, providers));
        mailbox = new Mailbox(extended, new SplittableRandom(1), 0);
        now = 0;
        isWith = true;
        change();
    }

    /** Marks one change, creates the patch, acknowledges it. */
    @Benchmark
    public Optional<PendingPatch> change() {
        isWith = !isWith;
        var truth = isWith ? with : without;
        now += STEP_NANOS;
        mailbox.mark();
        var patch = mailbox.next(() -> truth, ++revision, now);
        mailbox.delivered(PatchOutcome.APPLIED, false, now);
        return patch;
    }
}
