package dev.rollcall.wire;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The five levels, the least severe first, and what other systems call them.
 *
 * <p>Known names are those of log4j, Logback, java.util.logging, Python, .NET with Serilog, syslog, slog, zap, zerolog,
 * npm and their abbreviations; numbers are those of bunyan and pino (10 to 69) and of syslog (0 to 7).
 */
public enum Severity {
    TRACE("ALL FINER FINEST VERBOSE SILLY TRC TRCE VRB T V TRACE1 TRACE2 TRACE3 TRACE4 TRACE5 TRACE6 TRACE7 TRACE8"),
    DEBUG("FINE CONFIG DBG DBUG D DEBUG1 DEBUG2 DEBUG3 DEBUG4 DEBUG5 HTTP"),
    INFO("INFORMATION INFORMATIONAL INF I NOTICE NOTE SUCCESS LOG DEFAULT"),
    WARN("WARNING WRN WRNG W"),
    ERROR("ERR E FAIL FAILURE SEVERE CRITICAL CRIT CRT C FATAL FTL F ALERT ALRT A EMERGENCY EMERG DPANIC PANIC P");

    /** All of them, by their ranks. */
    public static final List<Severity> ALL = List.of(values());

    private static final Map<String, Severity> BY_NAME = byName();
    /** How slog writes a level between two names: the distance from the one below or above. */
    private static final Pattern RELATIVE = Pattern.compile("([A-Z]+)([+-]\\d{1,30})");

    private static final Pattern NUMBER = Pattern.compile("\\d{1,2}");
    /** The distance between two levels of slog. */
    private static final int STEP = 4;
    /** The largest number of syslog's; smaller is more severe. */
    private static final int SYSLOG_MAX = 7;

    private final String otherNames;

    Severity(String otherNames) {
        this.otherNames = otherNames;
    }

    /** How many levels are less severe. */
    @SuppressWarnings("EnumOrdinal") // they stand in this order
    public int rank() {
        return ordinal();
    }

    /** The level that a name or number stands for, in any case and with blanks around it; empty if it is unknown. */
    public static Optional<Severity> named(String name) {
        var upper = name.strip().toUpperCase(Locale.ROOT);
        var known = BY_NAME.get(upper);
        if (known != null) {
            return Optional.of(known);
        }
        return NUMBER.matcher(upper).matches() ? numbered(Integer.parseInt(upper)) : relative(upper);
    }

    /**
     * Returns what a record's level counts as: INFO without one, as plain records are, and WARN if it is unknown, so that
     * nothing severe is overlooked.
     */
    public static Severity of(String level) {
        return level.isBlank() ? INFO : named(level).orElse(WARN);
    }

    private static Optional<Severity> numbered(int number) {
        if (number <= SYSLOG_MAX) {
            return Optional.of(number <= 3 ? ERROR : number == 4 ? WARN : number == SYSLOG_MAX ? DEBUG : INFO);
        }
        return number < 10 || number > 69
                ? Optional.empty()
                : Optional.of(ALL.get(Math.min(number / 10 - 1, ERROR.rank())));
    }

    private static Optional<Severity> relative(String upper) {
        var match = RELATIVE.matcher(upper);
        var base = match.matches() ? BY_NAME.get(match.group(1)) : null;
        if (base == null) {
            return Optional.empty();
        }
        // a double, since the number may have any length
        var steps = base.rank() + Math.floor(Double.parseDouble(match.group(2)) / STEP);
        return Optional.of(ALL.get((int) Math.max(0, Math.min(steps, ERROR.rank()))));
    }

    private static Map<String, Severity> byName() {
        var names = new HashMap<String, Severity>();
        for (var severity : values()) {
            names.put(severity.name(), severity);
            for (var name : severity.otherNames.split(" ", -1)) {
                names.put(name, severity);
            }
        }
        return Map.copyOf(names);
    }
}
