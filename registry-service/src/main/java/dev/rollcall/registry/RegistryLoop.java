package dev.rollcall.registry;

import dev.rollcall.wire.HttpUrl;
import dev.rollcall.wire.Provider;
import dev.rollcall.wire.Registration;
import dev.rollcall.wire.RegistryHeaders;
import dev.rollcall.wire.ServiceName;
import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread that owns the {@link RegistryCore}: feeds it with what happens and does what it decides. Its methods
 * may be called by any thread.
 */
final class RegistryLoop implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RegistryLoop.class);
    private static final long CLOSE_MILLIS = 2_000;
    private static final long VIEW_MILLIS = 5_000;
    private static final long TURN_NANOS_MAX = TimeUnit.MILLISECONDS.toNanos(200);
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(800);
    private static final int CHECKS_MAX = 512;
    private static final int SENDINGS_MAX = 2_048;
    private static final int INPUTS_A_TURN = 1_000;

    private final RegistrySettings settings;
    private final RegistryCore core;
    private final Journal journal;
    private final WriteAhead writeAhead;
    private final Outgoing outgoing;
    private final ChangeLog changeLog = new ChangeLog();
    private final LinkedBlockingQueue<Runnable> inbox = new LinkedBlockingQueue<>();
    private final Map<Long, CompletableFuture<Decision>> tickets = new HashMap<>();
    private final Map<String, HttpUrl> byOrigin = new HashMap<>();
    private final long startNanos = System.nanoTime();
    private final Thread thread = new Thread(this::run, "registry");
    private final Window checks = new Window(CHECKS_MAX);
    private final Window sendings = new Window(SENDINGS_MAX);
    private final Asking asking;
    private final PatchWriter patchWriter = new PatchWriter();
    private volatile RollView view;
    private volatile long revision;
    private volatile List<String> doubts = List.of();
    private volatile boolean closed;
    private long ticketsGiven;
    private long housekeptNanos;
    private Mailbox.@Nullable Letter lastLetter;
    private Outgoing.Tail lastTail = Outgoing.Tail.of(Map.of());

    /** A loop that goes on from what the journal knows, and closes it at its end. */
    RegistryLoop(RegistrySettings settings, Journal journal) throws IOException {
        this.settings = settings;
        this.journal = journal;
        this.writeAhead = new WriteAhead(journal, this::submit);
        this.core = new RegistryCore(
                settings.core(), journal.state().epoch(), new SplittableRandom(), InstantSource.system());
        writeAhead.reserve(journal.state().revision());
        core.restore(journal.state(), now());
        journal.state().entries().forEach(entry -> noteOrigin(entry.registration()));
        this.view = core.view();
        this.revision = view.revision();
        this.asking = new Asking(settings.asking(), view, () -> revision);
        var selector = new SelectorOutgoing(this::peerClosed);
        this.outgoing = selector;
        selector.start();
        thread.setDaemon(true);
    }

    void start() {
        asking.start();
        submit(() -> {});
        thread.start();
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
        if (Thread.currentThread().equals(thread)) {
            return refreshed();
        }
        var answer = new CompletableFuture<RollView>();
        submit(() -> answer.complete(refreshed()));
        return answer.completeOnTimeout(last, VIEW_MILLIS, TimeUnit.MILLISECONDS)
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
            if (core.isFullFor(registration.url())) {
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

    private CompletableFuture<Decision> decide(Consumer<CompletableFuture<Decision>> input) {
        var answer = new CompletableFuture<Decision>();
        submit(() -> input.accept(answer));
        return answer;
    }

    private void withTicket(CompletableFuture<Decision> answer, LongPredicate input) {
        var ticket = ++ticketsGiven;
        tickets.put(ticket, answer);
        if (!input.test(ticket)) {
            tickets.remove(ticket);
            answer.complete(new Decision.Unknown());
        }
    }

    private static Decision notWritten(Throwable thrown) {
        return new Decision.Unavailable("the registry's disk takes nothing: " + thrown.getMessage());
    }

    /** The providers of a service. */
    List<Provider> providersOf(ServiceName service) {
        return view().entries().stream()
                .filter(e -> e.health().isAnnounced() && e.registration().name().equals(service))
                .map(e -> e.registration().asProvider())
                .toList();
    }

    @Override
    public void close() {
        closed = true;
        submit(() -> {});
        try {
            thread.join(CLOSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        outgoing.close();
        asking.close();
        writeAhead.flush();
        try {
            journal.close();
        } catch (IOException e) {
            LOG.atError().setCause(e).log("the journal failed to close");
        }
    }

    private void submit(Runnable input) {
        inbox.add(input);
    }

    /** Nanoseconds since the start: positive, and comparable by size. */
    private long now() {
        return System.nanoTime() - startNanos;
    }

    private void run() {
        while (!closed) {
            try {
                turn();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            } catch (RuntimeException e) {
                LOG.atError().setCause(e).log("the registry failed at one thing and goes on with the next");
            }
        }
    }

    private void turn() throws InterruptedException {
        var before = now();
        var wait = Math.max(0, Math.min(core.nextDueNanos() - before, TURN_NANOS_MAX));
        var first = inbox.poll(wait, TimeUnit.NANOSECONDS);
        var now = now();
        if (now - before - wait > PAUSE_NANOS) {
            LOG.atWarn().addKeyValue("millis", (now - before) / 1_000_000).log("the registry was not running");
            core.paused(now - before - wait, now);
        }
        var done = 0;
        for (var input = first; input != null; input = ++done < INPUTS_A_TURN ? inbox.poll() : null) {
            input.run();
        }
        core.tick(now());
        revision = core.revision();
        doubts = journal.isFailing() ? List.of("the disk takes nothing") : core.doubts(now);
        perform(core.effects());
        if (now - housekeptNanos > TURN_NANOS_MAX) {
            housekeptNanos = now;
            writeAhead.reserve(core.revision());
            writeAhead.settle(core.settledRevision());
            writeAhead.flush();
            changeLog.settle(now);
        }
    }

    private void perform(List<Effect> effects) {
        var records = new ArrayList<JournalRecord>();
        for (var effect : effects) {
            if (effect instanceof Effect.Persist persist) {
                records.add(persist.record());
            }
        }
        writeAhead.note(records);
        effects.forEach(this::perform);
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
        if (send.isExtended()) {
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
        var headers = revisionHeaders(core.revision());
        if (!check.instanceId().isEmpty()) {
            headers.put(RegistryHeaders.INSTANCE, check.instanceId());
        }
        var request = new Outgoing.Request("GET", check.heartbeatUrl(), Outgoing.Tail.of(headers));
        checks.begin(() -> outgoing.send(
                request,
                settings.heartbeatLimit(),
                outcome -> submit(() -> {
                    checks.ended();
                    core.checked(check.instance(), check.attempt(), Verdict.of(outcome, check.instanceId()), now());
                })));
    }

    private void send(Effect.Send send) {
        var request = new Outgoing.Request("POST", send.updateUrl(), tailOf(send.letter()));
        sendings.begin(() -> outgoing.send(
                request,
                settings.patchLimit(),
                outcome -> submit(() -> {
                    sendings.ended();
                    core.sent(send.dependant(), send.attempt(), Verdict.delivery(outcome), now());
                })));
    }

    /** Of the same letter, which thousands may get one after the other, it is rendered once. */
    private Outgoing.Tail tailOf(Mailbox.Letter letter) {
        if (!letter.equals(lastLetter)) {
            lastTail = render(letter);
            lastLetter = letter;
        }
        return lastTail;
    }

    private Outgoing.Tail render(Mailbox.Letter letter) {
        var headers = revisionHeaders(letter.revision());
        headers.put("Content-Type", "application/json");
        headers.put(RegistryHeaders.PREVIOUS_REVISION, Long.toString(letter.previousRevision()));
        if (letter.snapshot()) {
            headers.put(RegistryHeaders.PATCH, RegistryHeaders.SNAPSHOT);
        }
        return Outgoing.Tail.of(headers, patchWriter.write(letter.patch()));
    }

    private Map<String, String> revisionHeaders(long revision) {
        var headers = new LinkedHashMap<String, String>();
        headers.put(RegistryHeaders.EPOCH, core.epoch());
        headers.put(RegistryHeaders.REVISION, Long.toString(revision));
        return headers;
    }

    private void admit(Effect.Admit admit) {
        var answer = tickets.remove(admit.ticket());
        if (answer != null) {
            answer.complete(new Decision.Done(core.revision()));
        }
    }

    private void tell(Change change) {
        var registration = change.entry().registration();
        if (change.kind() == Change.Kind.REGISTERED) {
            noteOrigin(registration);
        } else if (change.kind().isEnd() && registration.heartbeatUrl() != null) {
            byOrigin.remove(OutgoingOrigin.nameOf(registration.heartbeatUrl()), registration.url());
        }
        changeLog.say(change, now());
    }

    private void noteOrigin(Registration registration) {
        if (registration.heartbeatUrl() != null) {
            byOrigin.put(OutgoingOrigin.nameOf(registration.heartbeatUrl()), registration.url());
        }
    }

    private void peerClosed(String origin) {
        submit(() -> {
            var url = byOrigin.get(origin);
            if (url != null) {
                core.hint(url, now());
            }
        });
    }
}
