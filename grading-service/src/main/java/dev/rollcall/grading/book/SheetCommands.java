package dev.rollcall.grading.book;

import java.util.Optional;

/** Sheets are taken into a gradebook. Thread-safe. */
public final class SheetCommands {
    /** Enough for the commits of others that come in between, and few enough to end. */
    private static final int PLANS_MAX = 10;

    /** What becomes of a row without ID whose name somebody has already. */
    public enum Namesakes {
        /** It is a mistake: most often the same sheet was sent before. */
        REFUSED,
        /** It is another student. */
        ADDED
    }

    private final ChangeRunner changeRunner;
    private final RosterCache rosterCache;
    private final int gradesMax;

    SheetCommands(ChangeRunner changeRunner, RosterCache rosterCache, int gradesMax) {
        this.changeRunner = changeRunner;
        this.rosterCache = rosterCache;
        this.gradesMax = gradesMax;
    }

    /** What a sheet would change. */
    public SheetPlan plan(String text, Namesakes namesakes) {
        return SheetReader.read(rosterCache.roster(), text, namesakes);
    }

    /**
     * Does what a sheet would change, all or nothing: nothing if the plan has errors.
     *
     * @param token that of the plan which must still hold; empty if any will do
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
            if (isApplied(author, plan)) {
                return plan;
            }
        }
        throw new ChangeRefusedException(
                ChangeRefusedException.Kind.CONFLICT, "others change the gradebook all the time; nothing was done");
    }

    private boolean isApplied(Author author, SheetPlan plan) {
        return changeRunner.change(author, recordedChange -> {
            if (!Long.toString(recordedChange.transaction().revision()).equals(plan.token())) {
                return false;
            }
            SheetChanges.run(recordedChange, plan, gradesMax);
            return true;
        });
    }
}
