package dev.rollcall.registry.journal;

import dev.rollcall.registry.core.JournalRecord;
import dev.rollcall.wire.HttpUrl;
import dev.rollcall.wire.Registration;
import dev.rollcall.wire.ServiceName;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Random records as a registry might write them, of few addresses, so that they often concern the same one. */
public final class JournalHistory {
    private static final int PLACES = 6;
    private static final List<ServiceName> SERVICES = List.of(new ServiceName("A"), new ServiceName("B"));

    private final Random random;
    private long revision;

    public JournalHistory(Random random) {
        this.random = random;
    }

    /** Returns one to three records that belong together. */
    public List<JournalRecord> next() {
        return random.ints(1 + random.nextInt(3), 0, 10).mapToObj(this::record).toList();
    }

    private JournalRecord record(int kind) {
        var url = place(random.nextInt(PLACES));
        return switch (kind) {
            case 0, 1, 2 -> new JournalRecord.Registered(++revision, registration(url));
            case 3, 4, 5 -> new JournalRecord.Announced(++revision, url, true, null);
            case 6 -> new JournalRecord.Announced(++revision, url, false, null);
            case 7 -> new JournalRecord.Removed(++revision, url);
            case 8 -> new JournalRecord.Reserved(revision + random.nextInt(100));
            default -> new JournalRecord.Settled(revision - Math.min(revision, random.nextInt(8)));
        };
    }

    private Registration registration(HttpUrl url) {
        return new Registration(
                SERVICES.get(random.nextInt(SERVICES.size())),
                url,
                SERVICES.subList(0, random.nextInt(SERVICES.size() + 1)),
                random.nextBoolean() ? url.resolve("/services") : null,
                random.nextBoolean() ? URI.create(url + "/heartbeat?deep=ü&x=%20") : null,
                random.nextBoolean() ? "" : "instance-" + random.nextInt(3),
                random.nextBoolean() ? 0 : Registration.EXTENDED,
                random.nextBoolean() ? Map.of() : Map.of("zone", "Zürich \"1\"", "weight", "3"));
    }

    public static HttpUrl place(int number) {
        return HttpUrl.of("http://localhost:" + (7_000 + number));
    }
}
