package dev.rollcall.log;

import dev.rollcall.host.MetricsText;
import dev.rollcall.log.query.LogFollowers;
import dev.rollcall.log.store.LogStore;

/** The log service's own metrics in {@code GET /metrics}. */
final class LogMetrics {
    private LogMetrics() {}

    static void write(LogStore store, LogFollowers followers, MetricsText text) {
        var stats = store.stats();
        text.counter("rollcall_log_records_stored_total", "Records stored since the start.", stats.records());
        text.counter("rollcall_log_stored_bytes_total", "Lines stored since the start, in bytes.", stats.bytes());
        text.counter("rollcall_log_groups_total", "Groups of requests that were synced together.", stats.groups());
        text.gauge("rollcall_log_segments", "Files of records.", stats.segments());
        text.gauge("rollcall_log_segments_unsealed", "Files of records that are not compressed.", stats.unsealed());
        text.gauge(
                "rollcall_log_file_bytes", "Files of records and their indexes together, in bytes.", stats.fileBytes());
        text.gauge(
                "rollcall_log_waiting_bytes", "Records pending or in flight to disk, in bytes.", stats.pendingBytes());
        text.gauge("rollcall_log_tails", "Followers of the log.", followers.count());
        text.counter("rollcall_log_missed_total", "Records skipped for slow followers.", followers.skipped());
    }
}
