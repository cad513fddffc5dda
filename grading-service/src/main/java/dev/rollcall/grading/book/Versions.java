package dev.rollcall.grading.book;

import java.util.Set;

/**
 * The versions that a conditional change accepts.
 *
 * @param any whether every version is accepted
 * @param seen the accepted versions otherwise
 */
public record Versions(boolean any, Set<Integer> seen) {
    public Versions {
        seen = Set.copyOf(seen);
    }

    boolean include(int version) {
        return any || seen.contains(version);
    }
}
