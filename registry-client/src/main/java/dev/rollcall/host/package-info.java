/**
 * The life of a service: its settings, its server, its registration, its end.
 *
 * <p>Start at {@link dev.rollcall.host.ServiceHost}. Uses all other packages of this library.
 */
@NullMarked
package dev.rollcall.host;

import org.jspecify.annotations.NullMarked;
