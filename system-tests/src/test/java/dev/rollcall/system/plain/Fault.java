package dev.rollcall.system.plain;

import dev.rollcall.system.testkit.Act;

/**
 * How a dependant takes a patch.
 *
 * @param isTaken whether it has taken it in before it does the rest
 * @param act what its sender gets to see
 */
public record Fault(boolean isTaken, Act act) {
    /** As it should. */
    public static final Fault NONE = new Fault(true, Act.OK);

    /** A dependant's faults, one for each patch. */
    @FunctionalInterface
    public interface Source {
        /** The next. */
        Fault next() throws InterruptedException;
    }
}
