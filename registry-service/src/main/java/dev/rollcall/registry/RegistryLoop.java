package dev.rollcall.registry;

import dev.rollcall.host.EssentialThread;
import dev.rollcall.registry.core.Effect;
import dev.rollcall.registry.core.Evidence;
import dev.rollcall.registry.core.JournalRecord;
import dev.rollcall.registry.core.Mailbox;
import dev.rollcall.registry.core.ProbeVerdict;
import dev.rollcall.registry.core.RegistrationBounds;
import dev.rollcall.registry.core.RegistryCore;
import dev.rollcall.registry.core.RollChange;
import dev.rollcall.registry.core.RollState;
import dev.rollcall.registry.core.RollView;
import dev.rollcall.registry.journal.Journal;
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
 * Owns the {@link RegistryCore}: feeds it with what happens, one {@linkplain SerialExecutor turn} at a time, and does what it
 * decides. Its methods may be called by any thread.
 */
public final class RegistryLoop implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RegistryLoop.class);
    private static final long VIEW_MILLIS = 5_000;
    private static final long TURN_NANOS_MAX = TimeUnit.MILLISECONDS.toNanos(200);
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(800);

    private final RegistryCore core;
    private final Journal journal;
    private final WriteAhead writeAhead;
    private final Outgoing outgoing;
    private final ChangeLogger changeLogger = new ChangeLogger();
    private final SerialExecutor serialExecutor = new SerialExecutor(this::turn);
    private final InstanceGateway instanceGateway;
    private final Map<Long, CompletableFuture<Decision>> tickets = new HashMap<>();
    private final Origins origins = new Origins();
    private final long startNanos = System.nanoTime();
    private final RollFeed rollFeed;
    private volatile RollView view;
    private volatile long revision;
    private volatile List<String> healthReasons = List.of();
    private List<String> selfDoubts = List.of();
    private long ticketsGiven;
    private long turnNanos;
    private long housekeptNanos;

    /** A loop that goes on from what the journal knows, and closes it at its end. */
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
        this.outgoing = selector;
        this.instanceGateway = new InstanceGateway(settings, core.epoch(), outgoing, serialExecutor::submit);
        selector.start();
    }

    /** What was recorded before there were bounds, cut down to them. */
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
        turnNanos = now();
        serialExecutor.start();
    }

    /**
     * The whole roll at one revision, no older than the last answer that this registry gave. Made when somebody asks, at
     * most once a revision.
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

    /** What the core says, or something else if it doesn't say it in time. */
    private <T> T query(Supplier<T> question, T otherwise) {
        if (serialExecutor.isClosed()) {
            // the last log records are shipped after this is closed, and ask where to
            return serialExecutor.callExclusively(question);
        }
        var answer = new CompletableFuture<T>();
        serialExecutor.submit(() -> answer.complete(question.get()));
        return answer.completeOnTimeout(otherwise, VIEW_MILLIS, TimeUnit.MILLISECONDS)
                .join();
    }

    private RollView refreshed() {
        if (view.revision() != core.revision()) {
            view = core.view();
        }
        return view;
    }

    /** Why the registry suspects itself; none if it doesn't. */
    public List<String> healthReasons() {
        return healthReasons;
    }

    /** What is kept for those who ask. */
    public RollFeed rollFeed() {
        return rollFeed;
    }

    /** Identity of this registry's state. */
    public String epoch() {
        return core.epoch();
    }

    /** Registers. The decision comes when the instance is on disk, and its first patch is delivered or given up. */
    public CompletableFuture<Decision> register(Registration registration) {
        return decide(answer -> {
            if (core.isFullFor(registration)) {
                answer.complete(new Decision.Unavailable("the roll is full"));
                return;
            }
            writeAhead.commit(
                    new JournalRecord.Registered(core.revision() + 1, registration),
                    () -> withTicket(answer, ticket -> core.register(registration, ticket, now())),
                    thrown -> answer.complete(notWritten(thrown)));
        });
    }

    /** Deregisters. The decision comes when that is on disk and the instance's dependants know. */
    public CompletableFuture<Decision> deregister(HttpUrl url) {
        return decide(answer -> {
            Runnable leave = () -> withTicket(answer, ticket -> core.deregister(url, ticket, now()));
            if (core.isStaying(url)) {
                writeAhead.commit(
                        new JournalRecord.Removed(core.revision() + 1, url),
                        leave,
                        thrown -> answer.complete(notWritten(thrown)));
            } else {
                leave.run();
            }
        });
    }

    /** The calling thread deals with it, and writes what is to be on disk first, as far as nobody else is at that. */
    private CompletableFuture<Decision> decide(Consumer<CompletableFuture<Decision>> input) {
        var answer = new CompletableFuture<Decision>();
        journal.writingAlong(() -> serialExecutor.submit(() -> orUnavailable(answer, () -> input.accept(answer))));
        return answer;
    }

    private void withTicket(CompletableFuture<Decision> answer, LongPredicate input) {
        var ticket = ++ticketsGiven;
        tickets.put(ticket, answer);
        orUnavailable(answer, () -> {
            if (!input.test(ticket)) {
                answer.complete(new Decision.Unknown());
            }
        });
        if (answer.isDone()) {
            tickets.remove(ticket);
        }
    }

    /** Whatever fails, the caller is answered; the failure itself is for who called this. */
    private static void orUnavailable(CompletableFuture<Decision> answer, Runnable input) {
        try {
            input.run();
        } catch (Throwable e) {
            answer.complete(new Decision.Unavailable("the registry failed"));
            throw e;
        }
    }

    private static Decision notWritten(Throwable thrown) {
        return new Decision.Unavailable("the registry's disk takes nothing: " + thrown.getMessage());
    }

    /** The providers of a service. */
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

    /** While more waits to be written, the journal's thread has something better to do than a turn. */
    private void afterWriting(Runnable input) {
        if (journal.hasPending()) {
            serialExecutor.submitLater(input);
        } else {
            serialExecutor.submit(input);
        }
    }

    /** Nanoseconds since the start: positive, and comparable by size. */
    private long now() {
        return System.nanoTime() - startNanos;
    }

    private long turn(Runnable inputs) {
        var now = now();
        if (now - turnNanos > TURN_NANOS_MAX + PAUSE_NANOS) {
            LOG.atWarn().addKeyValue("millis", (now - turnNanos) / 1_000_000).log("the registry was not running");
            core.paused(now - turnNanos, now);
        }
        turnNanos = now;
        inputs.run();
        core.tick(now());
        revision = core.revision();
        healthReasons = journal.isFailing() ? List.of("the disk takes nothing: " + journal.failure()) : selfDoubts(now);
        perform(core.effects());
        if (now - housekeptNanos > TURN_NANOS_MAX) {
            housekeptNanos = now;
            writeAhead.reserve(core.revision());
            writeAhead.settle(core.settledRevision());
            writeAhead.flush();
            changeLogger.flush(now);
        }
        return startNanos + Math.min(core.nextDueNanos(), now + TURN_NANOS_MAX);
    }

    /** What the core doubts; each change of that a line. */
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

    /** What fails at one effect must not lose those that follow, nor leave the core waiting for what became of it. */
    private void tryToPerform(Effect effect) {
        try {
            perform(effect);
        } catch (Throwable e) {
            EssentialThread.failed(e, "the registry failed at one effect and goes on with the next");
            abandon(effect);
        }
    }

    private void abandon(Effect effect) {
        if (effect instanceof Effect.Probe probe) {
            var probeVerdict = ProbeVerdict.of(Evidence.SILENT, "the registry failed to ask");
            serialExecutor.submitLater(() -> core.probed(probe.instance(), probe.attempt(), probeVerdict, now()));
        } else if (effect instanceof Effect.Send send) {
            serialExecutor.submitLater(
                    () -> core.sent(send.dependant(), send.attempt(), Mailbox.Delivery.UNKNOWN, now()));
        }
    }

    private void perform(Effect effect) {
        if (effect instanceof Effect.Probe probe) {
            check(probe);
        } else if (effect instanceof Effect.Send send) {
            sendOnceDurable(send);
        } else if (effect instanceof Effect.Complete complete) {
            admit(complete);
        } else if (effect instanceof Effect.Publish publish) {
            publish(publish.change());
            rollFeed.changed(publish.change());
        }
    }

    /**
     * A plain dependant can't be sent all after a crash, so it is told only what is on disk; an extended one needn't wait.
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

    private void check(Effect.Probe probe) {
        instanceGateway.probe(
                probe,
                core.revision(),
                probeVerdict -> core.probed(probe.instance(), probe.attempt(), probeVerdict, now()));
    }

    private void send(Effect.Send send) {
        instanceGateway.send(send, delivery -> core.sent(send.dependant(), send.attempt(), delivery, now()));
    }

    private void admit(Effect.Complete complete) {
        var answer = tickets.remove(complete.ticket());
        if (answer != null) {
            answer.complete(new Decision.Done(core.revision()));
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
