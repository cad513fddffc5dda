package dev.rollcall.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads facts about processes and the machine from Linux's {@code /proc}. */
final class Procfs {
    /** The unit of {@code /proc/PID/stat}; the same on every Linux that Java runs on. */
    private static final double TICKS_A_SECOND = 100;

    private Procfs() {}

    /** Returns the processor time that a process has used, in seconds. */
    static double cpuSeconds(long pid) throws IOException {
        var stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
        // the second field, in parentheses, may contain blanks
        var fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / TICKS_A_SECOND;
    }

    /** Returns a process's resident memory, in MiB. */
    static double residentMebibytes(long pid) throws IOException {
        return number(pid, "status", "VmRSS:\\s+(\\d+) kB") / 1_024.0;
    }

    static long threads(long pid) throws IOException {
        return number(pid, "status", "Threads:\\s+(\\d+)");
    }

    /** Returns how many descriptors a process may open; a JVM raises its own limit to the hard one. */
    static long openFilesMax(long pid) throws IOException {
        return number(pid, "limits", "Max open files\\s+\\d+\\s+(\\d+)");
    }

    static String processorModel() throws IOException {
        return find(Path.of("/proc/cpuinfo"), "model name\\s*: (.*)").orElse("unknown");
    }

    private static long number(long pid, String file, String pattern) throws IOException {
        return find(Path.of("/proc", Long.toString(pid), file), pattern)
                .map(Long::parseLong)
                .orElseThrow(() -> new IOException("no " + pattern + " in /proc/" + pid + "/" + file));
    }

    private static Optional<String> find(Path file, String pattern) throws IOException {
        var matcher = Pattern.compile(pattern).matcher(Files.readString(file));
        return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
    }
}
