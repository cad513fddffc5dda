package dev.rollcall.grading.book;

import dev.rollcall.grading.store.Session;
import dev.rollcall.wire.Json;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32;

/** Changes the items, the rules of the types, and the letters. Thread-safe. */
public final class GradingScheme {
    private final ChangeRunner runner;

    GradingScheme(ChangeRunner runner) {
        this.runner = runner;
    }

    public ChangeResult addItem(
            Author author, Optional<IdempotencyKey> key, String title, GradeType type, Score points) {
        return runner.once(author, key, change -> {
            requireUnique(change.sql(), title, type, 0);
            var item = SettingChanges.addItem(change, title, type, points);
            return ChangeResult.created(item, item.version(), "/items/" + item.id());
        });
    }

    public ChangeResult changeItem(
            Author author, int item, Versions versions, String title, GradeType type, Score points) {
        return runner.change(author, change -> {
            var now = Tables.item(change.sql(), item).orElseThrow(ChangeRefusedException::noItem);
            if (!versions.include(now.version())) {
                return ChangeResult.outdated(now, now.version());
            }
            requireUnique(change.sql(), title, type, item);
            var next = SettingChanges.changeItem(change, now, title, type, points);
            return ChangeResult.done(next, next.version());
        });
    }

    /** Removes an item that has no grades. */
    public ChangeResult removeItem(Author author, int item, Versions versions) {
        return runner.change(author, change -> {
            var now = Tables.item(change.sql(), item).orElseThrow(ChangeRefusedException::noItem);
            if (!versions.include(now.version())) {
                return ChangeResult.outdated(now, now.version());
            }
            if (change.sql().number("SELECT count(*) FROM grade WHERE item = ?", item) > 0) {
                throw new ChangeRefusedException(
                        ChangeRefusedException.Kind.CONFLICT, "there are grades for this item");
            }
            SettingChanges.removeItem(change, now);
            return ChangeResult.done(now, now.version());
        });
    }

    /** Changes the rule of a type. */
    public ChangeResult changeType(Author author, GradeType type, Versions versions, Score weight, int dropLowest) {
        return runner.change(author, change -> {
            var now = Tables.type(change.sql(), type);
            if (!versions.include(now.version())) {
                return ChangeResult.outdated(now, now.version());
            }
            var next = SettingChanges.changeType(change, now, weight, dropLowest);
            return ChangeResult.done(next, next.version());
        });
    }

    /** Changes the letter scale: highest first, the last from 0. */
    public ChangeResult changeLetters(Author author, Versions versions, List<Letter> letters) {
        return runner.change(author, change -> {
            var now = Tables.letters(change.sql());
            if (!versions.include(version(now))) {
                return ChangeResult.outdated(now, version(now));
            }
            SettingChanges.changeLetters(change, now, letters);
            return ChangeResult.done(letters, version(letters));
        });
    }

    /** Returns a checksum that serves as the version of a letter scale. */
    public static int version(List<Letter> letters) {
        var sum = new CRC32();
        sum.update(Json.text(letters).getBytes(StandardCharsets.UTF_8));
        return (int) (sum.getValue() & Integer.MAX_VALUE);
    }

    private static void requireUnique(Session sql, String title, GradeType type, int self) throws SQLException {
        var same = Tables.item(sql, title, type);
        if (same.isPresent() && same.get().id() != self) {
            throw new ChangeRefusedException(
                    ChangeRefusedException.Kind.CONFLICT,
                    "there is an item of this title and type; its ID is "
                            + same.get().id());
        }
    }
}
