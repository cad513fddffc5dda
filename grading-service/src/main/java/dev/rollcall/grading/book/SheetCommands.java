package dev.rollcall.grading.book;

import java.util.Optional;

/** Imports sheets into the gradebook. Thread-safe. */
public final class SheetCommands {
    /** Bounds the retries after concurrent commits. */
    private static final int PLANS_MAX = 10;

    /** How to treat a row without ID whose name exists already. */
    public enum Namesakes {
        /** An error: most often the same sheet was imported before. */
        REFUSED,
        /** Another student of the same name. */
        ADDED
    }

    private final ChangeRunner runner;
    private final RosterCache rosterCache;
    private final int gradesMax;

    SheetCommands(ChangeRunner runner, RosterCache rosterCache, int gradesMax) {
        this.runner = runner;
        this.rosterCache = rosterCache;
        this.gradesMax = gradesMax;
    }

    /** Returns the changes that a sheet would make. */
    public SheetPlan plan(String text, Namesakes namesakes) {
        return SheetReader.read(rosterCache.roster(), text, namesakes);
    }

    /**
     * Applies a sheet completely, or not at all if its plan has errors.
     *
     * @param token the token of the plan that must still be current; empty for any
     */
    public SheetPlan apply(Author author, String text, Namesakes namesakes, Optional<String> token) {
        for (var i = 0; i < PLANS_MAX; i++) {
            var plan = plan(text, namesakes);
            if (token.isPresent() && !token.get().equals(plan.token())) {
                throw new ChangeRefusedException(
                        ChangeRefusedException.Kind.OUTDATED, "the gradebook has been changed since the dry run");
            }
            if (!plan.errors().isEmpty()) {
                return plan;
            }
            if (tryApply(author, plan)) {
                return plan;
            }
        }
        throw new ChangeRefusedException(
                ChangeRefusedException.Kind.CONFLICT,
                "other changes keep outdating this sheet's plan; nothing was done");
    }

    private boolean tryApply(Author author, SheetPlan plan) {
        return runner.change(author, change -> {
            if (!Long.toString(change.transaction().revision()).equals(plan.token())) {
                return false;
            }
            SheetChanges.run(change, plan, gradesMax);
            return true;
        });
    }
}
