package dev.rollcall.registry.watch;

import dev.rollcall.registry.core.RegistrationBounds;
import dev.rollcall.registry.core.RollChange;
import dev.rollcall.registry.core.RollView;
import dev.rollcall.wire.HttpUrl;
import dev.rollcall.wire.ServiceName;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Tracks the roll change by change, as far as {@link ChangeNotice}s need it, so that each shows what was true right
 * after it. Pure. Not thread-safe.
 */
final class RollTracker {
    private final String epoch;
    private final Map<HttpUrl, RollView.Entry> entries = new HashMap<>();
    private final Map<ServiceName, Integer> announced = new HashMap<>();

    /** Starts with the present roll. */
    RollTracker(RollView view) {
        this.epoch = view.epoch();
        view.entries().forEach(this::put);
    }

    /** Applies a change and returns its notice. */
    ChangeNotice notice(RollChange rollChange) {
        var former = entries.remove(rollChange.url());
        if (former != null) {
            count(former, -1);
        }
        if (!rollChange.kind().isEnd()) {
            put(rollChange.entry());
        }
        var name = rollChange.entry().registration().name();
        return new ChangeNotice(
                new EventId(epoch, rollChange.revision()),
                ChangeLine.of(rollChange, missing(rollChange.entry())),
                former == null ? name : former.registration().name(),
                RegistrationBounds.bytes(rollChange.entry().registration()));
    }

    private void put(RollView.Entry entry) {
        entries.put(entry.registration().url(), entry);
        count(entry, 1);
    }

    private void count(RollView.Entry entry, int delta) {
        if (entry.isAnnounced()) {
            announced.merge(entry.registration().name(), delta, (a, b) -> a + b == 0 ? null : a + b);
        }
    }

    private List<ServiceName> missing(RollView.Entry entry) {
        return entry.registration().requires().stream()
                .filter(service -> !announced.containsKey(service))
                .toList();
    }
}
