package dev.rollcall.benchmarks;

import dev.rollcall.wire.HttpUrl;
import dev.rollcall.wire.Registration;
import dev.rollcall.wire.ServiceName;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Registrations of instances that a {@link Receiver} plays. */
final class SimulatedInstances {
    private final Receiver receiver;
    private final boolean extended;

    private SimulatedInstances(Receiver receiver, boolean extended) {
        this.receiver = receiver;
        this.extended = extended;
    }

    /** Instances that understand revisions. */
    static SimulatedInstances extended(Receiver receiver) {
        return new SimulatedInstances(receiver, true);
    }

    /** Instances as the tutorial's. */
    static SimulatedInstances plain(Receiver receiver) {
        return new SimulatedInstances(receiver, false);
    }

    /** One that answers heartbeats, requires nothing and is told nothing. */
    Registration provider(int number, ServiceName name) {
        return registration(number, name, List.of(), false, true);
    }

    /** One that requires a service, is told, and has heartbeats or not. */
    Registration dependant(int number, ServiceName name, ServiceName requires, boolean heartbeats) {
        return registration(number, name, List.of(requires), true, heartbeats);
    }

    /** The dependants 0 to n - 1. */
    List<Registration> dependants(int count, ServiceName name, ServiceName requires, boolean heartbeats) {
        return IntStream.range(0, count)
                .mapToObj(i -> dependant(i, name, requires, heartbeats))
                .toList();
    }

    private Registration registration(
            int number, ServiceName name, List<ServiceName> requires, boolean told, boolean heartbeats) {
        var url = HttpUrl.of(receiver.url(number));
        return new Registration(
                name,
                url,
                requires,
                told ? url.resolve("/services") : null,
                heartbeats ? url.resolve("/heartbeat") : null,
                extended ? "instance-" + number : "",
                extended ? Registration.EXTENDED : 0,
                Map.of());
    }
}
