package dev.rollcall.registry;

import dev.rollcall.host.EssentialThread;
import dev.rollcall.registry.core.Effect;
import dev.rollcall.registry.core.Evidence;
import dev.rollcall.registry.core.JournalRecord;
import dev.rollcall.registry.core.PatchOutcome;
import dev.rollcall.registry.core.ProbeVerdict;
import dev.rollcall.registry.core.RegistrationBounds;
import dev.rollcall.registry.core.RegistryCore;
import dev.rollcall.registry.core.RollChange;
import dev.rollcall.registry.core.RollState;
import dev.rollcall.registry.core.RollView;
import dev.rollcall.registry.journal.Journal;
import dev.rollcall.registry.outgoing.HttpsOutgoing;
import dev.rollcall.registry.outgoing.Origins;
import dev.rollcall.registry.outgoing.Outgoing;
import dev.rollcall.registry.outgoing.SelectorOutgoing;
import dev.rollcall.registry.watch.RollFeed;
import dev.rollcall.wire.HttpUrl;
import dev.rollcall.wire.Provider;
import dev.rollcall.wire.Registration;
import dev.rollcall.wire.ServiceName;
import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongPredicate;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Owns the {@link RegistryCore}: passes it the inputs, one at a time on the {@link SerialExecutor}, and performs the
 * effects it decides. Thread-safe.
 */
public final class RegistryLoop implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RegistryLoop.class);
    private static final long QUERY_MILLIS_MAX = 5_000;
    private static final long ROUND_NANOS_MAX = TimeUnit.MILLISECONDS.toNanos(200);
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(800);

    private final RegistryCore core;
    private final Journal journal;
    private final WriteAhead writeAhead;
    private final Outgoing outgoing;
    private final ChangeLogger changeLogger = new ChangeLogger();
    private final SerialExecutor serialExecutor = new SerialExecutor(this::round);
    private final InstanceGateway instanceGateway;
    private final Map<Long, CompletableFuture<Decision>> tickets = new HashMap<>();
    private final Origins origins = new Origins();
    private final long startNanos = System.nanoTime();
    private final RollFeed rollFeed;
    private volatile RollView view;
    private volatile long revision;
    private volatile List<String> healthReasons = List.of();
    private List<String> selfDoubts = List.of();
    private long lastTicket;
    private long roundNanos;
    private long housekeptNanos;

    /** Restores the state from the journal. {@link #close} closes the journal. */
    public RegistryLoop(RegistrySettings settings, Journal journal) throws IOException {
        this.journal = journal;
        this.writeAhead = new WriteAhead(journal, this::afterWriting);
        this.core = new RegistryCore(
                settings.core(), journal.state().epoch(), new SplittableRandom(), InstantSource.system());
        writeAhead.start(journal.state().revision());
        core.restore(withinBounds(journal.state()), now());
        journal.state().entries().forEach(entry -> origins.add(entry.registration()));
        this.view = core.view();
        this.revision = view.revision();
        this.rollFeed = new RollFeed(settings.watch(), view, () -> revision);
        var selector = new SelectorOutgoing(this::peerClosed);
        this.outgoing = new HttpsOutgoing(selector);
        this.instanceGateway = new InstanceGateway(settings, core.epoch(), outgoing, serialExecutor::submit);
        selector.start();
    }

    /** Cuts down what was recorded before there were bounds. */
    private static RollState withinBounds(RollState state) {
        var bounded = state.withinBounds();
        var cut =
                state.entries().stream().filter(RollState.Entry::exceedsBounds).count();
        if (cut > 0) {
            LOG.atWarn()
                    .addKeyValue("instances", cut)
                    .addKeyValue("metadataBytesMax", RegistrationBounds.METADATA_BYTES_MAX)
                    .log("metadata that is too long was dropped at the restart; register with less");
        }
        return bounded;
    }

    public void start() {
        rollFeed.start();
        roundNanos = now();
        serialExecutor.start();
    }

    /**
     * Returns the whole roll at one revision, no older than the registry's last response. Built on demand, at most once
     * per revision.
     */
    public RollView view() {
        var last = view;
        if (last.revision() == revision) {
            return last;
        }
        if (serialExecutor.isHeldByCurrentThread()) {
            return refreshed();
        }
        return query(this::refreshed, last);
    }

    /** Returns the result of a query on the core, or the fallback after 5 s. */
    private <T> T query(Supplier<T> query, T fallback) {
        if (serialExecutor.isClosed()) {
            // after close the shipper still looks up the log service for its last records
            return serialExecutor.callExclusively(query);
        }
        var result = new CompletableFuture<T>();
        serialExecutor.submit(() -> result.complete(query.get()));
        return result.completeOnTimeout(fallback, QUERY_MILLIS_MAX, TimeUnit.MILLISECONDS)
                .join();
    }

    private RollView refreshed() {
        if (view.revision() != core.revision()) {
            view = core.view();
        }
        return view;
    }

    /** Returns why the registry suspects itself; empty if it does not. */
    public List<String> healthReasons() {
        return healthReasons;
    }

    /** Returns the feed that serves queries and watches. */
    public RollFeed rollFeed() {
        return rollFeed;
    }

    /** Returns the identity of this registry's state. */
    public String epoch() {
        return core.epoch();
    }

    /** Registers. The decision completes once the instance is on disk and its first patch is delivered or given up. */
    public CompletableFuture<Decision> register(Registration registration) {
        return decide(decision -> {
            if (core.isFullFor(registration)) {
                decision.complete(new Decision.Unavailable("the roll is full"));
                return;
            }
            writeAhead.commit(
                    new JournalRecord.Registered(core.revision() + 1, registration),
                    () -> withTicket(decision, ticket -> core.register(registration, ticket, now())),
                    thrown -> decision.complete(notWritten(thrown)));
        });
    }

    /** Deregisters. The decision completes once that is on disk and the instance's dependants have acknowledged it. */
    public CompletableFuture<Decision> deregister(HttpUrl url) {
        return decide(decision -> {
            Runnable leave = () -> withTicket(decision, ticket -> core.deregister(url, ticket, now()));
            if (core.isStaying(url)) {
                writeAhead.commit(
                        new JournalRecord.Removed(core.revision() + 1, url),
                        leave,
                        thrown -> decision.complete(notWritten(thrown)));
            } else {
                leave.run();
            }
        });
    }

    /**
     * Processes the input on the calling thread, and writes the journal there, unless another thread is already doing
     * so.
     */
    private CompletableFuture<Decision> decide(Consumer<CompletableFuture<Decision>> input) {
        var decision = new CompletableFuture<Decision>();
        journal.writingAlong(() -> serialExecutor.submit(() -> orUnavailable(decision, () -> input.accept(decision))));
        return decision;
    }

    private void withTicket(CompletableFuture<Decision> decision, LongPredicate input) {
        var ticket = ++lastTicket;
        tickets.put(ticket, decision);
        orUnavailable(decision, () -> {
            if (!input.test(ticket)) {
                decision.complete(new Decision.Unknown());
            }
        });
        if (decision.isDone()) {
            tickets.remove(ticket);
        }
    }

    /** Completes the decision even if the input fails; the failure is rethrown. */
    private static void orUnavailable(CompletableFuture<Decision> decision, Runnable input) {
        try {
            input.run();
        } catch (Throwable e) {
            decision.complete(new Decision.Unavailable("the registry failed"));
            throw e;
        }
    }

    private static Decision notWritten(Throwable thrown) {
        return new Decision.Unavailable("the disk can't be written to: " + thrown.getMessage());
    }

    /** Returns the announced providers of a service. */
    List<Provider> providersOf(ServiceName service) {
        return query(() -> core.providersOf(service), List.of());
    }

    @Override
    public void close() {
        serialExecutor.close();
        outgoing.close();
        rollFeed.close();
        writeAhead.flush();
        try {
            journal.close();
        } catch (IOException e) {
            LOG.atError().setCause(e).log("the journal failed to close");
        }
    }

    /** Spares the journal's thread the processing while more entries are pending. */
    private void afterWriting(Runnable input) {
        if (journal.hasPending()) {
            serialExecutor.submitLater(input);
        } else {
            serialExecutor.submit(input);
        }
    }

    /** Returns the nanoseconds since the start: positive, and comparable by size. */
    private long now() {
        return System.nanoTime() - startNanos;
    }

    private long round(Runnable inputs) {
        var now = now();
        if (now - roundNanos > ROUND_NANOS_MAX + PAUSE_NANOS) {
            LOG.atWarn()
                    .addKeyValue("millis", (now - roundNanos) / 1_000_000)
                    .log("the registry was not running for a while; check the machine for suspends and overload");
            core.paused(now - roundNanos, now);
        }
        roundNanos = now;
        inputs.run();
        core.tick(now());
        revision = core.revision();
        healthReasons =
                journal.isFailing() ? List.of("the disk can't be written to: " + journal.failure()) : selfDoubts(now);
        perform(core.effects());
        if (now - housekeptNanos > ROUND_NANOS_MAX) {
            housekeptNanos = now;
            writeAhead.reserve(core.revision());
            writeAhead.settle(core.settledRevision());
            writeAhead.flush();
            changeLogger.flush(now);
        }
        return startNanos + Math.min(core.nextDueNanos(), now + ROUND_NANOS_MAX);
    }

    /** Returns the core's health reasons, and logs each change of them. */
    private List<String> selfDoubts(long now) {
        var next = core.healthReasons(now);
        if (!next.equals(selfDoubts)) {
            if (next.isEmpty()) {
                LOG.atInfo().log("the registry trusts itself again");
            }
            next.stream().filter(reason -> !selfDoubts.contains(reason)).forEach(LOG::warn);
            selfDoubts = next;
        }
        return next;
    }

    private void perform(List<Effect> effects) {
        var records = new ArrayList<JournalRecord>();
        for (var effect : effects) {
            if (effect instanceof Effect.Persist persist) {
                records.add(persist.record());
            }
        }
        writeAhead.append(records);
        effects.forEach(this::tryToPerform);
    }

    /** Performs an effect. A failure must not lose the following effects, nor leave the core waiting for a result. */
    private void tryToPerform(Effect effect) {
        try {
            perform(effect);
        } catch (Throwable e) {
            EssentialThread.failed(e, "an effect failed; the next one follows");
            abandon(effect);
        }
    }

    private void abandon(Effect effect) {
        if (effect instanceof Effect.Probe probe) {
            var probeVerdict = ProbeVerdict.of(Evidence.SILENT, "the registry failed to probe");
            serialExecutor.submitLater(() -> core.probed(probe.instance(), probe.attempt(), probeVerdict, now()));
        } else if (effect instanceof Effect.Send send) {
            serialExecutor.submitLater(() -> core.sent(send.dependant(), send.attempt(), PatchOutcome.UNKNOWN, now()));
        }
    }

    private void perform(Effect effect) {
        if (effect instanceof Effect.Probe probe) {
            probe(probe);
        } else if (effect instanceof Effect.Send send) {
            sendOnceDurable(send);
        } else if (effect instanceof Effect.Complete complete) {
            complete(complete);
        } else if (effect instanceof Effect.Publish publish) {
            publish(publish.change());
            rollFeed.changed(publish.change());
        }
    }

    /**
     * Sends a patch. A plain dependant can't be sent a snapshot after a crash, so its patches wait until their content
     * is on disk. An extended one's need not.
     */
    private void sendOnceDurable(Effect.Send send) {
        if (send.isExtended() || writeAhead.covers(send.patch())) {
            send(send);
        } else {
            writeAhead.afterCommit(() -> {
                if (core.isCurrent(send)) {
                    send(send);
                }
            });
        }
    }

    private void probe(Effect.Probe probe) {
        instanceGateway.probe(
                probe,
                core.revision(),
                probeVerdict -> core.probed(probe.instance(), probe.attempt(), probeVerdict, now()));
    }

    private void send(Effect.Send send) {
        instanceGateway.send(send, outcome -> core.sent(send.dependant(), send.attempt(), outcome, now()));
    }

    private void complete(Effect.Complete complete) {
        var decision = tickets.remove(complete.ticket());
        if (decision != null) {
            decision.complete(new Decision.Done(core.revision()));
        }
    }

    private void publish(RollChange rollChange) {
        if (rollChange.kind() == RollChange.Kind.REGISTERED) {
            origins.add(rollChange.entry().registration());
        } else if (rollChange.kind().isEnd()) {
            origins.remove(rollChange.url());
        }
        changeLogger.log(rollChange, now());
    }

    private void peerClosed(String origin) {
        serialExecutor.submit(() -> origins.instancesAt(origin).forEach(url -> core.hint(url, now())));
    }
}
