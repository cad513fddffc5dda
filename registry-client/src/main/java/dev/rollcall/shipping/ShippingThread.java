package dev.rollcall.shipping;

/** A thread that ships logs. Its own events are not shipped, or shipping would feed on itself. */
final class ShippingThread extends Thread {
    ShippingThread(Runnable task, String name) {
        super(task, name);
        setDaemon(true);
    }
}
