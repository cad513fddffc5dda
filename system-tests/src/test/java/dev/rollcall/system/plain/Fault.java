package dev.rollcall.system.plain;

import dev.rollcall.system.testkit.Act;

/**
 * How a dependant handles a patch.
 *
 * @param isTaken whether it applies the patch before {@code act}
 * @param act what the sender sees
 */
public record Fault(boolean isTaken, Act act) {
    /** No fault. */
    public static final Fault NONE = new Fault(true, Act.OK);

    /** A dependant's faults, one for each patch. */
    @FunctionalInterface
    public interface Source {
        /** Returns the next fault. */
        Fault next() throws InterruptedException;
    }
}
