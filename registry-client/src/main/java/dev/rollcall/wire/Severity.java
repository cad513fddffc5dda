package dev.rollcall.wire;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The five levels, least severe first, and their names in other systems.
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

    /** All severities by rank. */
    public static final List<Severity> ALL = List.of(values());

    private static final Map<String, Severity> BY_NAME = byName();
    /** A level between two names as slog writes it: the distance from the name below or above. */
    private static final Pattern RELATIVE = Pattern.compile("([A-Z]+)([+-]\\d{1,30})");

    private static final Pattern NUMBER = Pattern.compile("\\d{1,2}");
    /** The distance between two named levels of slog. */
    private static final int STEP = 4;
    /** The largest number of syslog; smaller is more severe. */
    private static final int SYSLOG_MAX = 7;

    private final String otherNames;

    Severity(String otherNames) {
        this.otherNames = otherNames;
    }

    /** Returns the number of less severe levels. */
    @SuppressWarnings("EnumOrdinal") // they stand in this order
    public int rank() {
        return ordinal();
    }

    /** Returns the severity of a name or number, ignoring case and surrounding blanks; empty if it is unknown. */
    public static Optional<Severity> named(String name) {
        var upper = name.strip().toUpperCase(Locale.ROOT);
        var known = BY_NAME.get(upper);
        if (known != null) {
            return Optional.of(known);
        }
        return NUMBER.matcher(upper).matches() ? numbered(Integer.parseInt(upper)) : relative(upper);
    }

    /**
     * Returns the severity of a record's level: INFO without a level, as in plain records, and WARN for an unknown one, so
     * that nothing severe is overlooked.
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
        // a double: the number may have any length
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
