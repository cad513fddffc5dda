package dev.rollcall.portal;

import dev.rollcall.discovery.Call;
import dev.rollcall.discovery.CallFailedException;
import dev.rollcall.discovery.NoProviderException;
import dev.rollcall.discovery.Providers;
import dev.rollcall.discovery.RegistryClient;
import dev.rollcall.discovery.Reply;
import dev.rollcall.discovery.ServiceCaller;
import dev.rollcall.http.TraceContext;
import dev.rollcall.wire.Json;
import dev.rollcall.wire.LogRecord;
import dev.rollcall.wire.MalformedJsonException;
import dev.rollcall.wire.Provider;
import dev.rollcall.wire.ServiceName;
import java.util.List;
import java.util.stream.Stream;

/** Asks the registry who is there, and the log service for its latest lines. What can't be had is said, not thrown. */
final class SystemClient {
    private static final int LINES = 20;

    private final RegistryClient registry;
    private final ServiceCaller caller;
    private final Providers providers;

    SystemClient(RegistryClient registry, ServiceCaller caller, Providers providers) {
        this.registry = registry;
        this.caller = caller;
        this.providers = providers;
    }

    Section<Instance> instances(TraceContext trace) {
        try {
            var reply = registry.call(Call.get("/services").with(TraceContext.HEADER, trace.header()));
            return reply.status() == 200
                    ? Section.of(Json.readList(reply.body(), Instance.class))
                    : Section.without(registryRefusal(reply));
        } catch (CallFailedException e) {
            return Section.without("The registry does not answer. What was known before goes on working without it; "
                    + "newcomers will be known when it is back.");
        } catch (MalformedJsonException e) {
            return Section.without("The registry's answer can't be read: " + e.detail());
        }
    }

    Section<LogRecord> log(TraceContext trace) {
        var call = Call.get("/log?limit=" + LINES).with("Accept", "application/x-ndjson");
        try {
            var reply = caller.call(ServiceName.LOG, call.with(TraceContext.HEADER, trace.header()));
            return reply.status() == 200 ? LogLines.read(reply.text()) : Section.without(logRefusal(reply));
        } catch (NoProviderException e) {
            return Section.without("There is no log service at the moment. Start one: java -jar log-service.jar.");
        } catch (CallFailedException e) {
            return Section.without("The log service does not answer. Its lines are shown again when it is back.");
        }
    }

    /** Whom this portal itself was told of. */
    List<Provider> known() {
        return Stream.of(ServiceName.GRADING, ServiceName.LOG)
                .flatMap(service -> providers.of(service).stream())
                .toList();
    }

    private static String registryRefusal(Reply reply) {
        return isPlain(reply)
                ? "This registry doesn't tell who is registered (it answered " + reply.status()
                        + "): it speaks the plain protocol only."
                : "The registry can't tell who is registered. " + Refusal.reason(reply);
    }

    private static String logRefusal(Reply reply) {
        return isPlain(reply)
                ? "This log service takes records and doesn't give them out (it answered " + reply.status()
                        + "): it speaks the plain protocol only. Its file has the lines."
                : "The log service can't give its lines. " + Refusal.reason(reply);
    }

    private static boolean isPlain(Reply reply) {
        return reply.status() == 404 || reply.status() == 405;
    }
}
