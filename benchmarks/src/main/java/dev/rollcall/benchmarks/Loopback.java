package dev.rollcall.benchmarks;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;

/**
 * Loopback addresses by number, one per simulated dependant. Linux responds for all of 127.0.0.0/8, and a caller with
 * one kept connection per address then keeps one per dependant.
 */
final class Loopback {
    /** The number of addresses. */
    static final int COUNT = 4 * 62_500;

    private static final int FIRST = 16;
    private static final int BASE = 250;

    private Loopback() {}

    /** Returns the address of a number below {@link #COUNT}. */
    static String of(int number) {
        return "127." + (FIRST + number / BASE / BASE) + "." + (1 + number / BASE % BASE) + "." + (1 + number % BASE);
    }

    /** Returns the socket address of a number and a port. */
    static InetSocketAddress at(int number, int port) {
        try {
            return new InetSocketAddress(InetAddress.getByName(of(number)), port);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("a literal address needs no look-up", e);
        }
    }

    /** Returns the number of an address; -1 if it has none. */
    static int numberOf(InetAddress address) {
        var bytes = address.getAddress();
        if (bytes.length != 4 || bytes[0] != 127) {
            return -1;
        }
        var number = ((bytes[1] - FIRST) * BASE + (bytes[2] & 0xff) - 1) * BASE + (bytes[3] & 0xff) - 1;
        return number >= 0 && number < COUNT ? number : -1;
    }
}
