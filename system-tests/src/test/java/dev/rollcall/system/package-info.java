/**
 * The system tests: the real jars as processes, started, stopped, killed and combined with plain services; and the
 * walls between packages.
 *
 * <p>Start at {@code StartOrderIT}. Uses {@code testkit} and {@code plain}.
 */
@NullMarked
package dev.rollcall.system;

import org.jspecify.annotations.NullMarked;
