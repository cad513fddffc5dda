package dev.rollcall.system.plain;

import java.util.ArrayList;
import java.util.List;

/** How a plain registry delivers what it has to tell: what it has to tell goes in, what it sends comes out. */
@FunctionalInterface
public interface Delivery {
    /** What is sent now. */
    List<PlainPatch> next(PlainPatch patch);

    /** As it should. */
    static Delivery inOrder() {
        return List::of;
    }

    /** Everything twice. */
    static Delivery doubled() {
        return patch -> List.of(patch, patch);
    }

    /** What is removed is told only after what is added next. */
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
