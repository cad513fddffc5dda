/**
 * Measures the suite from outside: starts the real jars as processes and simulates all their peers.
 *
 * <p>Start at {@link dev.rollcall.benchmarks.RegistryBenchmark}. Uses {@code wire} for what it sends and {@code host}
 * for its settings; its own timing uses bare sockets. The JMH benchmarks of the registry's core are in the core's own
 * package, {@code dev.rollcall.registry}.
 */
@NullMarked
package dev.rollcall.benchmarks;

import org.jspecify.annotations.NullMarked;
