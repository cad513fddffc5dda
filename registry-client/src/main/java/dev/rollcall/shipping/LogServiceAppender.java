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
 * <p>The guarantees of {@link LogShipper} hold here too, and records are accepted until the JVM ends, also after
 * Logback has stopped: see {@link #stop}. Invalid settings are reported through Logback's status; then nothing is
 * shipped.
 */
public final class LogServiceAppender extends UnsynchronizedAppenderBase<ILoggingEvent> {
    private ShippingSettings settings = ShippingSettings.DEFAULT;
    private String url = "";
    private String registry = "";
    private String service = "";
    private String instance = UUID.randomUUID().toString();
    private String drop = settings.drop().toString();
    private @Nullable LateRecordShipper shipper;
    private @Nullable AppenderReattachment reattachment;
    private volatile boolean isOpen;

    /** Creates an appender that is not started; Logback calls the setters. */
    public LogServiceAppender() {}

    /** Sets the log service's URL; the alternative is {@link #setRegistry}. */
    public void setUrl(String text) {
        url = text;
    }

    /** Sets the URL of a registry that lists the log service, or several separated by commas, queried in turn. */
    public void setRegistry(String text) {
        registry = text;
    }

    /** Sets the service name in the records; required. */
    public void setService(String text) {
        service = text;
    }

    /** Sets the instance id in the records; a UUID by default. */
    public void setInstance(String text) {
        instance = text;
    }

    /** Sets the directory for pending records; without it they are in memory only. */
    public void setSpill(String directory) {
        settings = settings.withSpill(Optional.of(Path.of(directory)), settings.spillBytesMax());
    }

    /** Sets the bound of the disk space, such as {@code 256MB}, the default. */
    public void setSpillMax(FileSize size) {
        settings = settings.withSpill(settings.spill(), size.getSize());
    }

    /** Sets the bound of the memory, such as {@code 8MB}, the default. */
    public void setBufferMax(FileSize size) {
        settings = settings.withBuffer(size.getSize());
    }

    /** Sets what to drop then: {@code newest}, {@code oldest}, {@code below-info}, {@code -warn} or {@code -error}. */
    public void setDrop(String policy) {
        drop = policy;
    }

    /** Sets whether to ship the line of code that logs; costs each call some microseconds. */
    public void setCaller(boolean wanted) {
        settings = settings.withCaller(wanted);
    }

    /** Sets how long the end of the JVM waits for pending records, such as {@code 5 seconds}, the default. */
    public void setFlush(Duration limit) {
        settings = settings.withFlush(java.time.Duration.ofMillis(limit.getMilliseconds()));
    }

    @Override
    public void start() {
        var errors = errors();
        if (!errors.isEmpty()) {
            errors.forEach(this::addError);
            return;
        }
        if (!isOpen) {
            var withPolicy = settings.withDrop(DropPolicy.of(drop));
            shipper = LateRecordShipper.open(() -> open(withPolicy), withPolicy);
            reattachment =
                    getContext() instanceof LoggerContext loggers ? AppenderReattachment.install(loggers, this) : null;
            super.start();
            isOpen = true;
        }
    }

    @Override
    public boolean isStarted() {
        return isOpen;
    }

    /**
     * Writes accepted records to the spill. Pending ones are shipped in the background, for as long as {@code flush}
     * allows, or by the next start. Records are accepted until the JVM ends, because the program may go on logging.
     * Waits for the log service only without a spill directory.
     */
    @Override
    public void stop() {
        if (isOpen && shipper != null) {
            isOpen = false;
            if (reattachment != null) {
                reattachment.prepare(shipper.isEnding());
            }
            shipper.stop();
        }
    }

    /** Whether the appender was started and has stopped. */
    boolean hasStopped() {
        return shipper != null && !isOpen;
    }

    /** Asks for a guard explicitly: from 1.5.21 on, Logback's default does nothing. */
    @Override
    protected ReentryGuard buildReentryGuard() {
        return ReentryGuardFactory.makeGuard(GuardType.THREAD_LOCAL);
    }

    @Override
    protected void append(ILoggingEvent event) {
        var current = shipper;
        if (current != null && !ShippingAppender.isOwn(event) && isWanted(event)) {
            current.accept(event);
        }
    }

    private boolean isWanted(ILoggingEvent event) {
        return isOpen || reattachment == null || reattachment.admits(event);
    }

    private List<String> errors() {
        var errors = new ArrayList<String>();
        if (url.isBlank() == registry.isBlank()) {
            errors.add("exactly one of <url> and <registry> must be set");
        }
        check("service", service, ServiceName::new, errors);
        check("url", url, LogServiceAppender::urls, errors);
        check("registry", registry, LogServiceAppender::urls, errors);
        check("drop", drop, DropPolicy::of, errors);
        return errors;
    }

    private static void check(String name, String text, Consumer<String> reader, List<String> errors) {
        try {
            reader.accept(text);
        } catch (IllegalArgumentException e) {
            errors.add("<" + name + "> is \"" + text + "\": " + e.getMessage());
        }
    }

    private LogShipper open(ShippingSettings withPolicy) {
        var name = new ServiceName(service);
        LogShipper opened;
        if (registry.isBlank()) {
            var address = Optional.of(HttpUrl.of(url));
            opened = new LogShipper(name, instance, () -> address, withPolicy);
        } else {
            var lookup = new RegistryLookup(urls(registry), System::nanoTime);
            opened = new LogShipper(name, instance, lookup, withPolicy);
            opened.onClose(lookup::close);
        }
        opened.startWriting();
        opened.start();
        return opened;
    }

    private static List<HttpUrl> urls(String text) {
        return Stream.of(text.split(",", -1))
                .filter(each -> !each.isBlank())
                .map(each -> HttpUrl.of(each.strip()))
                .toList();
    }
}
