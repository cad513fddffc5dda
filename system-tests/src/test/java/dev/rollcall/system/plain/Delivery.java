package dev.rollcall.system.plain;

import java.util.ArrayList;
import java.util.List;

/** How a plain registry delivers patches: takes each patch, and returns what to send. */
@FunctionalInterface
public interface Delivery {
    /** Returns the patches to send now. */
    List<PlainPatch> next(PlainPatch patch);

    /** Delivers each patch once, in order. */
    static Delivery inOrder() {
        return List::of;
    }

    /** Delivers each patch twice. */
    static Delivery doubled() {
        return patch -> List.of(patch, patch);
    }

    /** Holds back what is removed until after the next addition. */
    static Delivery addedBeforeRemoved() {
        var heldBack = new ArrayList<PlainPatch>();
        return patch -> {
            if (patch.added().isEmpty()) {
                heldBack.add(patch);
                return List.of();
            }
            var all = new ArrayList<PlainPatch>(List.of(patch));
            all.addAll(heldBack);
            heldBack.clear();
            return all;
        };
    }
}
