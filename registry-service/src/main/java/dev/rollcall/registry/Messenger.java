package dev.rollcall.registry;

import dev.rollcall.wire.RegistryHeaders;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Words the registry's heartbeats and patches and has them sent, so many at once and no more. Used in turns; what
 * became of them is told in turns too.
 */
final class Messenger {
    private static final int CHECKS_MAX = 512;
    private static final int SENDINGS_MAX = 2_048;

    private final RegistrySettings settings;
    private final String epoch;
    private final Outgoing outgoing;
    private final Executor turns;
    private final Window checks = new Window(CHECKS_MAX);
    private final Window sendings = new Window(SENDINGS_MAX);
    private final PatchWriter patchWriter = new PatchWriter();
    private Mailbox.@Nullable Letter lastLetter;
    private Outgoing.Tail lastTail = Outgoing.Tail.of(Map.of());

    Messenger(RegistrySettings settings, String epoch, Outgoing outgoing, Executor turns) {
        this.settings = settings;
        this.epoch = epoch;
        this.outgoing = outgoing;
        this.turns = turns;
    }

    /** Asks an instance for its heartbeat, and tells what that proves. */
    void check(Effect.Check check, long revision, Consumer<Verdict> then) {
        var headers = revisionHeaders(revision);
        if (!check.instanceId().isEmpty()) {
            headers.put(RegistryHeaders.INSTANCE, check.instanceId());
        }
        var request = new Outgoing.Request("GET", check.heartbeatUrl(), Outgoing.Tail.of(headers));
        checks.begin(() -> outgoing.send(
                request,
                settings.heartbeatLimit(),
                outcome -> turns.execute(() -> {
                    checks.ended();
                    then.accept(OutcomeMeaning.verdict(outcome, check.instanceId(), settings.heartbeatLimit()));
                })));
    }

    /** Posts a patch, and tells what became of it. */
    void send(Effect.Send send, Consumer<Mailbox.Delivery> then) {
        var request = new Outgoing.Request("POST", send.updateUrl(), tailOf(send.letter()));
        sendings.begin(() -> outgoing.send(
                request,
                settings.patchLimit(),
                outcome -> turns.execute(() -> {
                    sendings.ended();
                    then.accept(OutcomeMeaning.delivery(outcome));
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
        headers.put(RegistryHeaders.EPOCH, epoch);
        headers.put(RegistryHeaders.REVISION, Long.toString(revision));
        return headers;
    }
}
