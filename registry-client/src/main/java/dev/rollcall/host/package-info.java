/**
 * The life of a service: its settings, its server, its place on the roll, its end.
 *
 * <p>Start at {@link dev.rollcall.host.ServiceHost}. Uses all the other packages of this library.
 */
@NullMarked
package dev.rollcall.host;

import org.jspecify.annotations.NullMarked;
