package dev.rollcall.host;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.reflect.Proxy;
import java.nio.charset.Charset;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reports Enter, SIGTERM, SIGINT and SIGHUP, each time anew. The end of standard input (nohup, a unit file,
 * {@code </dev/null}) is not Enter.
 */
final class StopSignal {
    private static final Logger LOG = LoggerFactory.getLogger(StopSignal.class);

    private StopSignal() {}

    /** Calls {@code onStop} at each of them, on its own threads. */
    static void listen(Runnable onStop) {
        for (var name : List.of("TERM", "INT", "HUP")) {
            onSignal(name, onStop);
        }
        var thread = new Thread(() -> onEnter(onStop), "enter");
        thread.setDaemon(true);
        thread.start();
    }

    /**
     * Handles a signal. A shutdown hook would see only the first signal and could not set the exit status. Only
     * jdk.unsupported offers signal handling, and naming its class gives a warning that can't be suppressed: hence
     * reflection. Without it, a signal ends the process at once.
     */
    private static void onSignal(String name, Runnable onStop) {
        try {
            var signal = Class.forName("sun.misc.Signal");
            var handler = Class.forName("sun.misc.SignalHandler");
            var proxy = Proxy.newProxyInstance(
                    StopSignal.class.getClassLoader(), new Class<?>[] {handler}, (self, method, args) -> {
                        onStop.run();
                        return null;
                    });
            var named = signal.getConstructor(String.class).newInstance(name);
            signal.getMethod("handle", signal, handler).invoke(null, named, proxy);
        } catch (ReflectiveOperationException e) {
            LOG.atDebug().addKeyValue("signal", name).log("this platform has no such signal, or the JVM keeps it");
        }
    }

    private static void onEnter(Runnable onStop) {
        try {
            var lines = new BufferedReader(new InputStreamReader(System.in, Charset.defaultCharset()));
            while (lines.readLine() != null) {
                onStop.run();
            }
        } catch (IOException e) {
            LOG.atDebug().setCause(e).log("standard input can't be read; signals still stop this service");
        }
    }
}
