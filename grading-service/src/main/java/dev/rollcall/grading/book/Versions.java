package dev.rollcall.grading.book;

import java.util.Set;

/**
 * Which versions of something its changer has seen.
 *
 * @param any whether every version will do
 * @param seen those that will do otherwise
 */
public record Versions(boolean any, Set<Integer> seen) {
    /** Copies. */
    public Versions {
        seen = Set.copyOf(seen);
    }

    boolean include(int version) {
        return any || seen.contains(version);
    }
}
