/**
 * Services of the plain layer, as PROTOCOL.md tells what they do, with the habits that ours must live with: the other
 * side of every mixture. Test doubles on bare sockets; nothing of ours is in them but the reading of JSON.
 */
@NullMarked
package dev.rollcall.system.plain;

import org.jspecify.annotations.NullMarked;
