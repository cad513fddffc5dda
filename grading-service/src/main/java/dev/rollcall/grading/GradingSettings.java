package dev.rollcall.grading;

import dev.rollcall.host.HostSettings;
import dev.rollcall.host.Readers;
import java.util.Map;

/**
 * The grading service's settings.
 *
 * @param host those that every service has
 * @param gradesMax how many grades the gradebook holds at most
 */
record GradingSettings(HostSettings host, int gradesMax) {
    /** Reads them, or ends the process after {@code --help}, {@code --version} or a mistake. */
    static GradingSettings parseOrExit(String[] args, Map<String, String> environment) {
        var parsed = HostSettings.declare("grading-service", "Keeps students and their grades.", 8081)
                .option(
                        "grades-max",
                        "1000000",
                        Readers.wholeNumber(1, 100_000_000),
                        "grades kept at most; more get 507")
                .parseOrExit(args, environment);
        return new GradingSettings(HostSettings.from(parsed), parsed.get("grades-max", Integer.class));
    }
}
