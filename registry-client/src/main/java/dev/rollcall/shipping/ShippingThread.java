package dev.rollcall.shipping;

/** A thread that ships logs. What it logs itself isn't shipped, or shipping would feed on itself. */
final class ShippingThread extends Thread {
    ShippingThread(Runnable task, String name) {
        super(task, name);
        setDaemon(true);
    }
}
