/**
 * Services of the plain layer, as described in {@code docs/protocol.md}, with the habits that ours must cope with: the
 * other side of every mixture. Test doubles on bare sockets; of our code they use only the JSON reader.
 */
@NullMarked
package dev.rollcall.system.plain;

import org.jspecify.annotations.NullMarked;
