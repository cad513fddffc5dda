package dev.rollcall.host;

import dev.rollcall.http.ServerLimits;
import dev.rollcall.shipping.DropPolicy;
import dev.rollcall.shipping.ShippingSettings;
import dev.rollcall.wire.HttpUrl;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The settings that every service has.
 *
 * @param port the port to listen on; 0 takes any free port
 * @param bind the address to listen on
 * @param advertise the URL under which others reach it; empty for {@code http://localhost:PORT}
 * @param registries the registry's addresses, tried in turn
 * @param data the directory for durable files; created when first needed
 * @param drain how long a stop waits for requests in flight
 * @param shipping the bounds of log shipping, and its spill directory
 * @param limits the server's bounds
 */
public record HostSettings(
        int port,
        String bind,
        String advertise,
        List<HttpUrl> registries,
        Path data,
        Duration drain,
        ShippingSettings shipping,
        ServerLimits limits) {
    /** Copies the registries. */
    public HostSettings {
        registries = List.copyOf(registries);
    }

    /**
     * Declares the settings that every service has.
     *
     * @param program the service's jar without its extension
     * @param purpose one line for {@code --help}
     * @param port the default port
     */
    public static Settings declare(String program, String purpose, int port) {
        return Settings.of(program, purpose)
                .option(
                        "port",
                        Integer.toString(port),
                        SettingParsers::port,
                        "TCP port to listen on, 0 for any free one")
                .option("bind", "127.0.0.1", text -> text, "address to listen on")
                .option(
                        "advertise",
                        "",
                        HostSettings::optionalUrl,
                        "URL others reach it by, http://localhost:PORT if empty")
                .option(
                        "registry",
                        "http://localhost:3000",
                        Urls::of,
                        "the registry's URL, or several with commas between")
                .option("data", "data/" + program, Path::of, "directory for what must last")
                .option("drain", "10s", SettingParsers::duration, "how long a stop waits for requests in flight")
                .option("flush", "5s", SettingParsers::duration, "how long a stop waits for log records to be shipped")
                .option("spill", "", text -> text, "directory for log records that wait, DATA/spill if empty, or none")
                .option("spill-max", "256MiB", SettingParsers::bytes, "disk for log records that wait; in memory 8 MiB")
                .option(
                        "spill-drop",
                        DropPolicy.NEWEST.toString(),
                        DropPolicy::of,
                        "log records given up when that is full: newest, oldest, below-info, below-warn, below-error")
                .option("body-max", "1MiB", SettingParsers::bytes, "largest request body, decompressed")
                .option(
                        "threads",
                        "64",
                        SettingParsers.wholeNumber(1, 10_000),
                        "threads for requests, on a JDK before 21")
                .option(
                        "requests-max",
                        "8192",
                        SettingParsers.wholeNumber(1, 1_000_000),
                        "requests at once; more get 503");
    }

    /** Reads the values of the settings that {@link #declare} declared. */
    public static HostSettings from(Settings.Parsed parsed) {
        return new HostSettings(
                parsed.get("port", Integer.class),
                parsed.get("bind", String.class),
                parsed.get("advertise", String.class),
                parsed.get("registry", Urls.class).urls(),
                parsed.get("data", Path.class),
                parsed.get("drain", Duration.class),
                shipping(parsed),
                new ServerLimits(
                        parsed.get("body-max", Long.class),
                        parsed.get("threads", Integer.class),
                        parsed.get("requests-max", Integer.class)));
    }

    private static ShippingSettings shipping(Settings.Parsed parsed) {
        var spill = parsed.get("spill", String.class).strip();
        var directory = spill.isEmpty() ? parsed.get("data", Path.class).resolve("spill") : Path.of(spill);
        return ShippingSettings.DEFAULT
                .withSpill(
                        spill.equals("none") ? Optional.empty() : Optional.of(directory),
                        parsed.get("spill-max", Long.class))
                .withDrop(parsed.get("spill-drop", DropPolicy.class))
                .withFlush(parsed.get("flush", Duration.class));
    }

    private static String optionalUrl(String text) {
        return text.isBlank() ? "" : HttpUrl.of(text).value();
    }

    private record Urls(List<HttpUrl> urls) {
        static Urls of(String text) {
            return new Urls(SettingParsers.urls(text));
        }
    }
}
