package dev.rollcall.registry;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * Finds the addresses of hosts. An address that is written out, or a name found in the last five seconds, at once; other
 * names on a thread of its own, since that may take seconds. Used by one thread, on which the answers come too.
 */
final class HostNames implements AutoCloseable {
    private static final long REMEMBERED_NANOS = TimeUnit.SECONDS.toNanos(5);
    private static final int REMEMBERED_MAX = 1_000;
    private static final int LOOK_UPS = 2;
    private static final String BYTE = "(25[0-5]|2[0-4]\\d|1?\\d?\\d)";
    private static final Pattern IPV4 = Pattern.compile(BYTE + "(\\." + BYTE + "){3}");

    private final Executor owner;
    private final ExecutorService lookUps = Executors.newFixedThreadPool(LOOK_UPS, HostNames::daemon);
    private final Map<String, Found> remembered = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Found> eldest) {
            return size() > REMEMBERED_MAX;
        }
    };

    /**
     * Of a thread.
     *
     * @param owner has something done by the thread that uses this
     */
    HostNames(Executor owner) {
        this.owner = owner;
    }

    /** Tells a host's addresses, perhaps before this returns; none if the name is unknown. */
    void find(String host, Consumer<List<InetAddress>> consumer) {
        if (isWrittenOut(host)) {
            consumer.accept(lookUp(host));
            return;
        }
        var known = remembered.get(host);
        if (known != null && System.nanoTime() - known.nanos() < REMEMBERED_NANOS) {
            consumer.accept(known.addresses());
            return;
        }
        lookUps.execute(() -> {
            var addresses = lookUp(host);
            owner.execute(() -> {
                remembered.remove(host);
                if (!addresses.isEmpty()) {
                    remembered.put(host, new Found(addresses, System.nanoTime()));
                }
                consumer.accept(addresses);
            });
        });
    }

    @Override
    public void close() {
        lookUps.shutdownNow();
    }

    private static boolean isWrittenOut(String host) {
        return host.indexOf(':') >= 0 || IPV4.matcher(host).matches();
    }

    private static List<InetAddress> lookUp(String host) {
        try {
            return List.of(InetAddress.getAllByName(host));
        } catch (UnknownHostException e) {
            return List.of();
        }
    }

    private static Thread daemon(Runnable task) {
        var thread = new Thread(task, "resolver");
        thread.setDaemon(true);
        return thread;
    }

    private record Found(List<InetAddress> addresses, long nanos) {}
}
