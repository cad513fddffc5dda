package dev.rollcall.benchmarks;

import dev.rollcall.wire.HttpUrl;
import dev.rollcall.wire.Registration;
import dev.rollcall.wire.ServiceName;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Creates registrations of the instances that a {@link Receiver} simulates. */
final class SimulatedInstances {
    private final Receiver receiver;
    private final boolean extended;

    private SimulatedInstances(Receiver receiver, boolean extended) {
        this.receiver = receiver;
        this.extended = extended;
    }

    /** Creates instances that understand revisions. */
    static SimulatedInstances extended(Receiver receiver) {
        return new SimulatedInstances(receiver, true);
    }

    /** Creates instances like the tutorial's. */
    static SimulatedInstances plain(Receiver receiver) {
        return new SimulatedInstances(receiver, false);
    }

    /** Returns an instance with a HeartbeatURL that requires nothing. */
    Registration provider(int number, ServiceName name) {
        return registration(number, name, List.of(), false, true);
    }

    /** Returns an instance that requires a service, with or without a HeartbeatURL. */
    Registration dependant(int number, ServiceName name, ServiceName requires, boolean heartbeats) {
        return registration(number, name, List.of(requires), true, heartbeats);
    }

    /** Returns the dependants 0 to n - 1. */
    List<Registration> dependants(int count, ServiceName name, ServiceName requires, boolean heartbeats) {
        return IntStream.range(0, count)
                .mapToObj(i -> dependant(i, name, requires, heartbeats))
                .toList();
    }

    private Registration registration(
            int number, ServiceName name, List<ServiceName> requires, boolean hasUpdates, boolean heartbeats) {
        var url = HttpUrl.of(receiver.url(number));
        return new Registration(
                name,
                url,
                requires,
                hasUpdates ? url.resolve("/services") : null,
                heartbeats ? url.resolve("/heartbeat") : null,
                extended ? "instance-" + number : "",
                extended ? Registration.EXTENDED : 0,
                Map.of());
    }
}
