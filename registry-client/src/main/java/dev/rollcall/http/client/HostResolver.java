package dev.rollcall.http.client;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** Looks a name up; may take as long as it likes. Called by several threads. */
@FunctionalInterface
public interface HostResolver {
    /** Returns the addresses of a name, at least one; throws if it has none. */
    InetAddress[] resolve(String host) throws UnknownHostException;
}
