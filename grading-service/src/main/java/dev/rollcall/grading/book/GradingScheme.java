package dev.rollcall.grading.book;

import dev.rollcall.grading.store.Session;
import dev.rollcall.wire.Json;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32;

/** How a gradebook grades is changed: its items, how types count, its letters. Thread-safe. */
public final class GradingScheme {
    private final ChangeRunner changeRunner;

    GradingScheme(ChangeRunner changeRunner) {
        this.changeRunner = changeRunner;
    }

    /** Adds an item. */
    public ChangeResult addItem(
            Author author, Optional<IdempotencyKey> key, String title, GradeType type, Score points) {
        return changeRunner.once(author, key, recordedChange -> {
            refuseDouble(recordedChange.sql(), title, type, 0);
            var item = SettingChanges.addItem(recordedChange, title, type, points);
            return ChangeResult.created(item, item.version(), "/items/" + item.id());
        });
    }

    /** Changes an item. */
    public ChangeResult changeItem(
            Author author, int item, Versions versions, String title, GradeType type, Score points) {
        return changeRunner.change(author, recordedChange -> {
            var now = Tables.item(recordedChange.sql(), item).orElseThrow(ChangeRefusedException::noItem);
            if (!versions.include(now.version())) {
                return ChangeResult.outdated(now, now.version());
            }
            refuseDouble(recordedChange.sql(), title, type, item);
            var next = SettingChanges.changeItem(recordedChange, now, title, type, points);
            return ChangeResult.done(next, next.version());
        });
    }

    /** Removes an item that nobody has a grade for. */
    public ChangeResult removeItem(Author author, int item, Versions versions) {
        return changeRunner.change(author, recordedChange -> {
            var now = Tables.item(recordedChange.sql(), item).orElseThrow(ChangeRefusedException::noItem);
            if (!versions.include(now.version())) {
                return ChangeResult.outdated(now, now.version());
            }
            if (recordedChange.sql().number("SELECT count(*) FROM grade WHERE item = ?", item) > 0) {
                throw new ChangeRefusedException(
                        ChangeRefusedException.Kind.CONFLICT, "there are grades for this item");
            }
            SettingChanges.removeItem(recordedChange, now);
            return ChangeResult.done(now, now.version());
        });
    }

    /** Changes how a type counts. */
    public ChangeResult changeType(Author author, GradeType type, Versions versions, Score weight, int dropLowest) {
        return changeRunner.change(author, recordedChange -> {
            var now = Tables.type(recordedChange.sql(), type);
            if (!versions.include(now.version())) {
                return ChangeResult.outdated(now, now.version());
            }
            var next = SettingChanges.changeType(recordedChange, now, weight, dropLowest);
            return ChangeResult.done(next, next.version());
        });
    }

    /** Changes the letter scale: highest first, the last from 0. */
    public ChangeResult changeLetters(Author author, Versions versions, List<Letter> letters) {
        return changeRunner.change(author, recordedChange -> {
            var now = Tables.letters(recordedChange.sql());
            if (!versions.include(version(now))) {
                return ChangeResult.outdated(now, version(now));
            }
            SettingChanges.changeLetters(recordedChange, now, letters);
            return ChangeResult.done(letters, version(letters));
        });
    }

    /** What stands for a letter scale, which has no version of its own. */
    public static int version(List<Letter> letters) {
        var sum = new CRC32();
        sum.update(Json.text(letters).getBytes(StandardCharsets.UTF_8));
        return (int) (sum.getValue() & Integer.MAX_VALUE);
    }

    private static void refuseDouble(Session sql, String title, GradeType type, int itself) throws SQLException {
        var same = Tables.item(sql, title, type);
        if (same.isPresent() && same.get().id() != itself) {
            throw new ChangeRefusedException(
                    ChangeRefusedException.Kind.CONFLICT,
                    "there is an item of this title and type; its ID is "
                            + same.get().id());
        }
    }
}
