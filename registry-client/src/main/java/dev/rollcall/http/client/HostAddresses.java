package dev.rollcall.http.client;

import dev.rollcall.wire.HostPort;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Resolves host names such that names which DNS doesn't answer delay nothing else. Thread-safe.
 *
 * <p>Literal addresses and {@code localhost} need no look-up. Each other name is looked up by one thread at a time,
 * however many callers need it. A look-up can't be interrupted, so it may block a thread for as long as the system's
 * resolver takes. Names that were slow last time share a few of the threads; new and quick names have all others. A
 * name that isn't found is looked up again after a growing pause; until then it counts as unknown.
 */
public final class HostAddresses {
    /** More than the names that hang in a bad minute. Threads start when needed, and end after the last look-up. */
    private static final int THREADS_MAX = 256;
    /** Enough for names that resolve slowly; few enough to leave threads for the others. */
    private static final int SLOW_MAX = 8;
    /** Names cached or pending; beyond this, a new name counts as unknown while all of them are pending. */
    private static final int NAMES_MAX = 10_000;

    private static final long CACHED_NANOS = TimeUnit.SECONDS.toNanos(5);
    private static final long SLOW_NANOS = TimeUnit.MILLISECONDS.toNanos(500);
    private static final long PAUSE_MIN_NANOS = TimeUnit.MILLISECONDS.toNanos(500);
    private static final long PAUSE_MAX_NANOS = TimeUnit.SECONDS.toNanos(30);
    private static final int DOUBLINGS_MAX = 6;

    private final HostResolver resolver;
    private final LongSupplier nanoTime;
    private final Map<String, Name> names = new LinkedHashMap<>(16, 0.75f, true);
    private final Deque<Name> quick = new ArrayDeque<>();
    private final Deque<Name> slow = new ArrayDeque<>();
    private int running;
    private int runningSlow;

    /** Creates one that uses the system's resolver. */
    public HostAddresses() {
        this(InetAddress::getAllByName, System::nanoTime);
    }

    /**
     * Creates one with another resolver.
     *
     * @param nanoTime as {@link System#nanoTime}
     */
    public HostAddresses(HostResolver resolver, LongSupplier nanoTime) {
        this.resolver = resolver;
        this.nanoTime = nanoTime;
    }

    /**
     * Returns a host's addresses, perhaps already complete; none if it is unknown.
     *
     * @param host a name, an IPv4 address, or an IPv6 address without brackets
     */
    public CompletableFuture<List<InetAddress>> find(String host) {
        return pending(host).copy();
    }

    /**
     * Returns a host's addresses, at least one.
     *
     * @throws UnknownHostException if it has none, or none is found within the limit
     */
    public List<InetAddress> await(String host, Duration limit) throws UnknownHostException, InterruptedException {
        try {
            var found = pending(host).get(Math.max(0, limit.toNanos()), TimeUnit.NANOSECONDS);
            if (found.isEmpty()) {
                throw new UnknownHostException("the host " + host + " is unknown");
            }
            return found;
        } catch (TimeoutException e) {
            throw new UnknownHostException("the host " + host + " isn't found in time");
        } catch (ExecutionException e) {
            throw new IllegalStateException("a look-up ends with addresses or none", e);
        }
    }

    /**
     * Returns a URI of the same address that the JDK's client accepts, once the host is resolved.
     *
     * @throws UnknownHostException if the host has no address, or none is found within the limit
     */
    public URI callable(URI uri, Duration limit) throws UnknownHostException, InterruptedException {
        return callable(uri, await(HostPort.of(uri).bareHost(), limit).get(0));
    }

    /** Like {@link #callable(URI, Duration)}, without waiting; empty if the host has no address. */
    public CompletableFuture<Optional<URI>> findCallable(URI uri) {
        return pending(HostPort.of(uri).bareHost())
                .thenApply(found -> found.stream().findFirst().map(first -> callable(uri, first)));
    }

    /**
     * Replaces a host that {@link URI} does not parse by its address, because the JDK's client refuses it. Not for
     * https, where the certificate is for the name.
     */
    private static URI callable(URI uri, InetAddress address) {
        if (uri.getHost() != null && uri.getHost().indexOf('%') < 0) {
            return uri;
        }
        if (!uri.getScheme().equalsIgnoreCase("http")) {
            throw new IllegalArgumentException("the JDK's client calls no such host by https: " + uri);
        }
        var port = HostPort.of(uri).port();
        var path = uri.getRawPath() == null ? "" : uri.getRawPath();
        var query = uri.getRawQuery() == null ? "" : '?' + uri.getRawQuery();
        return URI.create("http://" + inUrl(address) + (port < 0 ? "" : ":" + port) + path + query);
    }

    private static String inUrl(InetAddress address) {
        if (!(address instanceof Inet6Address v6)) {
            return address.getHostAddress();
        }
        var shown = v6.getHostAddress();
        var zone = shown.indexOf('%');
        // by its number, because interface names may have characters that no URI allows
        return '[' + (zone < 0 ? shown : shown.substring(0, zone) + '%' + v6.getScopeId()) + ']';
    }

    private CompletableFuture<List<InetAddress>> pending(String host) {
        return AddressLiteral.of(host)
                .map(CompletableFuture::completedFuture)
                .orElseGet(() -> lookedUp(host.toLowerCase(Locale.ROOT)));
    }

    private synchronized CompletableFuture<List<InetAddress>> lookedUp(String host) {
        var name = names.get(host);
        if (name == null) {
            if (running + quick.size() + slow.size() >= NAMES_MAX) {
                return CompletableFuture.completedFuture(List.of());
            }
            name = new Name(host);
            names.put(host, name);
            evictOne();
        }
        if (name.pending == null && name.isKnown(nanoTime.getAsLong())) {
            return CompletableFuture.completedFuture(name.addresses);
        }
        if (name.pending == null) {
            name.pending = new CompletableFuture<>();
            (name.isSlow ? slow : quick).add(name);
        }
        var pending = name.pending;
        startThreads();
        return pending;
    }

    /** Removes the least recently used name that is not pending. */
    private void evictOne() {
        if (names.size() > NAMES_MAX) {
            var oldest =
                    names.values().stream().filter(name -> name.pending == null).findFirst();
            oldest.ifPresent(name -> names.remove(name.host));
        }
    }

    private void startThreads() {
        while (running < THREADS_MAX) {
            var next = next();
            if (next == null) {
                return;
            }
            try {
                start(next);
            } catch (OutOfMemoryError e) {
                // no thread available now: a later look-up tries again
                runningSlow -= next.isSlow ? 1 : 0;
                (next.isSlow ? slow : quick).addFirst(next);
                return;
            }
        }
    }

    private void start(Name name) {
        var thread = new Thread(() -> work(name), "look-up");
        thread.setDaemon(true);
        thread.start();
        running++;
    }

    private @Nullable Name next() {
        if (!quick.isEmpty()) {
            return quick.remove();
        }
        if (slow.isEmpty() || runningSlow >= SLOW_MAX) {
            return null;
        }
        runningSlow++;
        return slow.remove();
    }

    private void work(Name first) {
        for (var name = first; name != null; ) {
            var begin = nanoTime.getAsLong();
            var addresses = lookUp(name.host);
            CompletableFuture<List<InetAddress>> pending;
            @Nullable Name next;
            synchronized (this) {
                runningSlow -= name.isSlow ? 1 : 0;
                pending = name.settle(addresses, begin, nanoTime.getAsLong());
                next = next();
                running -= next == null ? 1 : 0;
            }
            pending.complete(addresses);
            name = next;
        }
    }

    private List<InetAddress> lookUp(String host) {
        try {
            return List.of(resolver.resolve(host));
        } catch (UnknownHostException | RuntimeException | Error e) {
            // whatever was thrown, the thread continues with the pending names
            return List.of();
        }
    }

    /** A name and its cached result; guarded by the lock. */
    private static final class Name {
        private final String host;
        private List<InetAddress> addresses = List.of();
        private @Nullable CompletableFuture<List<InetAddress>> pending;
        private long settledNanos;
        private long knownNanos;
        private int failures;
        private boolean isSlow;

        Name(String host) {
            this.host = host;
        }

        boolean isKnown(long now) {
            return knownNanos > 0 && now - settledNanos < knownNanos;
        }

        CompletableFuture<List<InetAddress>> settle(List<InetAddress> found, long begin, long now) {
            var completed = pending;
            if (completed == null) {
                throw new IllegalStateException("it wasn't looked up");
            }
            pending = null;
            addresses = found;
            isSlow = now - begin >= SLOW_NANOS;
            settledNanos = now;
            failures = found.isEmpty() ? Math.min(failures + 1, DOUBLINGS_MAX + 1) : 0;
            knownNanos = found.isEmpty() ? Math.min(PAUSE_MAX_NANOS, PAUSE_MIN_NANOS << (failures - 1)) : CACHED_NANOS;
            return completed;
        }
    }
}
