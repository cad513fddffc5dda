package dev.rollcall.http.client;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** Resolves names; may block without limit. Called by several threads. */
@FunctionalInterface
public interface HostResolver {
    /** Returns the addresses of a name, at least one; throws if it has none. */
    InetAddress[] resolve(String host) throws UnknownHostException;
}
