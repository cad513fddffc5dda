package dev.rollcall.shipping;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.UnsynchronizedAppenderBase;
import ch.qos.logback.core.util.Duration;
import ch.qos.logback.core.util.FileSize;
import ch.qos.logback.core.util.ReentryGuard;
import ch.qos.logback.core.util.ReentryGuardFactory;
import ch.qos.logback.core.util.ReentryGuardFactory.GuardType;
import dev.rollcall.wire.HttpUrl;
import dev.rollcall.wire.ServiceName;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Ships the log of any program that uses Logback, by a few lines of its {@code logback.xml}:
 *
 * <pre>{@code
 * <appender name="rollcall" class="dev.rollcall.shipping.LogServiceAppender">
 *   <url>http://localhost:4000</url>
 *   <service>Billing</service>
 *   <spill>/var/lib/billing/spill</spill>
 * </appender>
 * }</pre>
 *
 * <p>What {@link LogShipper} says holds here too, and records are taken until the JVM ends, also after Logback has
 * stopped: see {@link #stop}. Wrong settings are told through Logback's status, and nothing is shipped then.
 */
public final class LogServiceAppender extends UnsynchronizedAppenderBase<ILoggingEvent> {
    private ShippingSettings settings = ShippingSettings.DEFAULT;
    private String url = "";
    private String registry = "";
    private String service = "";
    private String instance = UUID.randomUUID().toString();
    private String drop = settings.drop().toString();
    private @Nullable LateRecordShipper shipper;
    private @Nullable AppenderReattachment appenderReattachment;
    private volatile boolean isOpen;

    /** Not started yet. */
    public LogServiceAppender() {}

    /** The log service's URL; or else a registry's. */
    public void setUrl(String text) {
        url = text;
    }

    /** The URL of a registry that knows the log service, or several with commas between, asked in turn. */
    public void setRegistry(String text) {
        registry = text;
    }

    /** What the records say of their origin; required. */
    public void setService(String text) {
        service = text;
    }

    /** What the records say of their process; a UUID if it isn't said. */
    public void setInstance(String text) {
        instance = text;
    }

    /** The directory for what waits; without one it is in memory only. */
    public void setSpill(String directory) {
        settings = settings.withSpill(Optional.of(Path.of(directory)), settings.spillBytesMax());
    }

    /** How much disk may be taken, such as {@code 256MB}, which is the default. */
    public void setSpillMax(FileSize size) {
        settings = settings.withSpill(settings.spill(), size.getSize());
    }

    /** How much memory may be taken, such as {@code 8MB}, which is the default. */
    public void setBufferMax(FileSize size) {
        settings = settings.withBuffer(size.getSize());
    }

    /** What is given up at these bounds: {@code newest}, {@code oldest}, {@code below-info}, {@code -warn}, {@code -error}. */
    public void setDrop(String policy) {
        drop = policy;
    }

    /** Whether the line of code that logs is shipped too; costs each call some microseconds. */
    public void setCaller(boolean wanted) {
        settings = settings.withCaller(wanted);
    }

    /** How long the JVM's end waits for what is still to be sent, such as {@code 5 seconds}, which is the default. */
    public void setFlush(Duration limit) {
        settings = settings.withFlush(java.time.Duration.ofMillis(limit.getMilliseconds()));
    }

    @Override
    public void start() {
        var mistakes = mistakes();
        if (!mistakes.isEmpty()) {
            mistakes.forEach(this::addError);
            return;
        }
        if (!isOpen) {
            var withPolicy = settings.withDrop(DropPolicy.of(drop));
            shipper = LateRecordShipper.open(() -> shipping(withPolicy), withPolicy);
            appenderReattachment =
                    getContext() instanceof LoggerContext loggers ? AppenderReattachment.of(loggers, this) : null;
            super.start();
            isOpen = true;
        }
    }

    @Override
    public boolean isStarted() {
        return isOpen;
    }

    /**
     * Writes down what was logged. What isn't shipped by then is shipped in the background, for as long as {@code flush}
     * says, or by the next start. It goes on taking records until the JVM ends, since the program may go on logging. Waits
     * for the log service only if there is no directory for what waits.
     */
    @Override
    public void stop() {
        if (isOpen && shipper != null) {
            isOpen = false;
            if (appenderReattachment != null) {
                appenderReattachment.prepare(shipper.isEnding());
            }
            shipper.stop();
        }
    }

    /** Whether it was started, and stopped again. */
    boolean hasStopped() {
        return shipper != null && !isOpen;
    }

    /** From 1.5.21 on, Logback's guard does nothing unless one is asked for. */
    @Override
    protected ReentryGuard buildReentryGuard() {
        return ReentryGuardFactory.makeGuard(GuardType.THREAD_LOCAL);
    }

    @Override
    protected void append(ILoggingEvent event) {
        var shipping = shipper;
        if (shipping != null && !ShippingAppender.isOwn(event) && isWanted(event)) {
            shipping.accept(event);
        }
    }

    private boolean isWanted(ILoggingEvent event) {
        return isOpen || appenderReattachment == null || appenderReattachment.admits(event);
    }

    private List<String> mistakes() {
        var mistakes = new ArrayList<String>();
        if (url.isBlank() == registry.isBlank()) {
            mistakes.add("either <url> or <registry> tells where the log service is");
        }
        check("service", service, ServiceName::new, mistakes);
        check("url", url, LogServiceAppender::urls, mistakes);
        check("registry", registry, LogServiceAppender::urls, mistakes);
        check("drop", drop, DropPolicy::of, mistakes);
        return mistakes;
    }

    private static void check(String name, String text, Consumer<String> reader, List<String> mistakes) {
        try {
            reader.accept(text);
        } catch (IllegalArgumentException e) {
            mistakes.add("<" + name + "> is \"" + text + "\": " + e.getMessage());
        }
    }

    private LogShipper shipping(ShippingSettings withPolicy) {
        var name = new ServiceName(service);
        LogShipper shipping;
        if (registry.isBlank()) {
            var address = Optional.of(HttpUrl.of(url));
            shipping = new LogShipper(name, instance, () -> address, withPolicy);
        } else {
            var lookup = new RegistryLookup(urls(registry), System::nanoTime);
            shipping = new LogShipper(name, instance, lookup, withPolicy);
            shipping.whenClosed(lookup::close);
        }
        shipping.collect();
        shipping.start();
        return shipping;
    }

    private static List<HttpUrl> urls(String text) {
        return Stream.of(text.split(",", -1))
                .filter(each -> !each.isBlank())
                .map(each -> HttpUrl.of(each.strip()))
                .toList();
    }
}
