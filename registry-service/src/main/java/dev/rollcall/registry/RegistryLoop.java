package dev.rollcall.registry;

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
 * Owns the {@link RegistryCore}: feeds it with what happens, one {@linkplain Turns turn} at a time, and does what it
 * decides. Its methods may be called by any thread.
 */
final class RegistryLoop implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RegistryLoop.class);
    private static final long VIEW_MILLIS = 5_000;
    private static final long TURN_NANOS_MAX = TimeUnit.MILLISECONDS.toNanos(200);
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(800);

    private final RegistryCore core;
    private final Journal journal;
    private final WriteAhead writeAhead;
    private final Outgoing outgoing;
    private final ChangeLog changeLog = new ChangeLog();
    private final Turns turns = new Turns(this::turn);
    private final Messenger messenger;
    private final Map<Long, CompletableFuture<Decision>> tickets = new HashMap<>();
    private final Origins origins = new Origins();
    private final long startNanos = System.nanoTime();
    private final Asking asking;
    private volatile RollView view;
    private volatile long revision;
    private volatile List<String> doubts = List.of();
    private List<String> selfDoubts = List.of();
    private long ticketsGiven;
    private long turnNanos;
    private long housekeptNanos;

    /** A loop that goes on from what the journal knows, and closes it at its end. */
    RegistryLoop(RegistrySettings settings, Journal journal) throws IOException {
        this.journal = journal;
        this.writeAhead = new WriteAhead(journal, this::afterWriting);
        this.core = new RegistryCore(
                settings.core(), journal.state().epoch(), new SplittableRandom(), InstantSource.system());
        writeAhead.begin(journal.state().revision());
        core.restore(withinBounds(journal.state()), now());
        journal.state().entries().forEach(entry -> origins.note(entry.registration()));
        this.view = core.view();
        this.revision = view.revision();
        this.asking = new Asking(settings.asking(), view, () -> revision);
        var selector = new SelectorOutgoing(this::peerClosed);
        this.outgoing = selector;
        this.messenger = new Messenger(settings, core.epoch(), outgoing, turns::submit);
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

    void start() {
        asking.start();
        turnNanos = now();
        turns.start();
    }

    /**
     * The whole roll at one revision, no older than the last answer that this registry gave. Made when somebody asks, at
     * most once a revision.
     */
    RollView view() {
        var last = view;
        if (last.revision() == revision) {
            return last;
        }
        if (turns.isMine()) {
            return refreshed();
        }
        return asked(this::refreshed, last);
    }

    /** What the core says, or something else if it doesn't say it in time. */
    private <T> T asked(Supplier<T> question, T otherwise) {
        if (turns.isClosed()) {
            // the last log records are shipped after this is closed, and ask where to
            return turns.alone(question);
        }
        var answer = new CompletableFuture<T>();
        turns.submit(() -> answer.complete(question.get()));
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
    List<String> doubts() {
        return doubts;
    }

    /** What is kept for those who ask. */
    Asking asking() {
        return asking;
    }

    /** Identity of this registry's state. */
    String epoch() {
        return core.epoch();
    }

    /** Registers. The decision comes when the instance is on disk, and its first patch is delivered or given up. */
    CompletableFuture<Decision> register(Registration registration) {
        return decide(answer -> {
            if (core.isFullFor(registration)) {
                answer.complete(new Decision.Unavailable("the roll is full"));
                return;
            }
            writeAhead.then(
                    new JournalRecord.Registered(core.revision() + 1, registration),
                    () -> withTicket(answer, ticket -> core.register(registration, ticket, now())),
                    thrown -> answer.complete(notWritten(thrown)));
        });
    }

    /** Deregisters. The decision comes when that is on disk and the instance's dependants know. */
    CompletableFuture<Decision> deregister(HttpUrl url) {
        return decide(answer -> {
            Runnable leave = () -> withTicket(answer, ticket -> core.deregister(url, ticket, now()));
            if (core.isStaying(url)) {
                writeAhead.then(
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
        journal.writingAlong(() -> turns.submit(() -> orUnavailable(answer, () -> input.accept(answer))));
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
        return asked(() -> core.providersOf(service), List.of());
    }

    @Override
    public void close() {
        turns.close();
        outgoing.close();
        asking.close();
        writeAhead.flush();
        try {
            journal.close();
        } catch (IOException e) {
            LOG.atError().setCause(e).log("the journal failed to close");
        }
    }

    /** While more waits to be written, the journal's thread has something better to do than a turn. */
    private void afterWriting(Runnable input) {
        if (journal.isWaitedFor()) {
            turns.leave(input);
        } else {
            turns.submit(input);
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
        doubts = journal.isFailing() ? List.of("the disk takes nothing: " + journal.failure()) : selfDoubts(now);
        perform(core.effects());
        if (now - housekeptNanos > TURN_NANOS_MAX) {
            housekeptNanos = now;
            writeAhead.reserve(core.revision());
            writeAhead.settle(core.settledRevision());
            writeAhead.flush();
            changeLog.settle(now);
        }
        return startNanos + Math.min(core.nextDueNanos(), now + TURN_NANOS_MAX);
    }

    /** What the core doubts; each change of that a line. */
    private List<String> selfDoubts(long now) {
        var next = core.doubts(now);
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
        writeAhead.note(records);
        effects.forEach(this::tryToPerform);
    }

    /** What fails at one effect must not lose those that follow, nor leave the core waiting for what became of it. */
    private void tryToPerform(Effect effect) {
        try {
            perform(effect);
        } catch (Throwable e) {
            EssentialThread.failed(e, "the registry failed at one effect and goes on with the next");
            giveUp(effect);
        }
    }

    private void giveUp(Effect effect) {
        if (effect instanceof Effect.Check check) {
            var verdict = Verdict.of(Evidence.SILENT, "the registry failed to ask");
            turns.leave(() -> core.checked(check.instance(), check.attempt(), verdict, now()));
        } else if (effect instanceof Effect.Send send) {
            turns.leave(() -> core.sent(send.dependant(), send.attempt(), Mailbox.Delivery.UNKNOWN, now()));
        }
    }

    private void perform(Effect effect) {
        if (effect instanceof Effect.Check check) {
            check(check);
        } else if (effect instanceof Effect.Send send) {
            sendOnceDurable(send);
        } else if (effect instanceof Effect.Admit admit) {
            admit(admit);
        } else if (effect instanceof Effect.Tell tell) {
            tell(tell.change());
            asking.changed(tell.change());
        }
    }

    /**
     * A plain dependant can't be sent all after a crash, so it is told only what is on disk; an extended one needn't wait.
     */
    private void sendOnceDurable(Effect.Send send) {
        if (send.isExtended() || writeAhead.covers(send.letter())) {
            send(send);
        } else {
            writeAhead.afterAll(() -> {
                if (core.isWanted(send)) {
                    send(send);
                }
            });
        }
    }

    private void check(Effect.Check check) {
        messenger.check(
                check, core.revision(), verdict -> core.checked(check.instance(), check.attempt(), verdict, now()));
    }

    private void send(Effect.Send send) {
        messenger.send(send, delivery -> core.sent(send.dependant(), send.attempt(), delivery, now()));
    }

    private void admit(Effect.Admit admit) {
        var answer = tickets.remove(admit.ticket());
        if (answer != null) {
            answer.complete(new Decision.Done(core.revision()));
        }
    }

    private void tell(Change change) {
        if (change.kind() == Change.Kind.REGISTERED) {
            origins.note(change.entry().registration());
        } else if (change.kind().isEnd()) {
            origins.forget(change.url());
        }
        changeLog.say(change, now());
    }

    private void peerClosed(String origin) {
        turns.submit(() -> origins.at(origin).forEach(url -> core.hint(url, now())));
    }
}
