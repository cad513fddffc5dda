package dev.rollcall.grading.book;

import dev.rollcall.grading.store.Session;
import dev.rollcall.wire.Json;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32;

/** How a gradebook grades is changed: its items, how types count, its letters. Thread-safe. */
public final class Scheme {
    private final Writes writes;

    Scheme(Writes writes) {
        this.writes = writes;
    }

    /** Adds an item. */
    public Reply addItem(Author author, Optional<IdempotencyKey> key, String title, GradeType type, Score points) {
        return writes.once(author, key, change -> {
            refuseDouble(change.sql(), title, type, 0);
            var item = SettingChanges.addItem(change, title, type, points);
            return Reply.made(item, item.version(), "/items/" + item.id());
        });
    }

    /** Changes an item. */
    public Reply changeItem(Author author, int item, Versions versions, String title, GradeType type, Score points) {
        return writes.change(author, change -> {
            var now = Tables.item(change.sql(), item).orElseThrow(Refusal::noItem);
            if (!versions.include(now.version())) {
                return Reply.outdated(now, now.version());
            }
            refuseDouble(change.sql(), title, type, item);
            var next = SettingChanges.changeItem(change, now, title, type, points);
            return Reply.done(next, next.version());
        });
    }

    /** Removes an item that nobody has a grade for. */
    public Reply removeItem(Author author, int item, Versions versions) {
        return writes.change(author, change -> {
            var now = Tables.item(change.sql(), item).orElseThrow(Refusal::noItem);
            if (!versions.include(now.version())) {
                return Reply.outdated(now, now.version());
            }
            if (change.sql().number("SELECT count(*) FROM grade WHERE item = ?", item) > 0) {
                throw new Refusal(Refusal.Kind.CONFLICT, "there are grades for this item");
            }
            SettingChanges.removeItem(change, now);
            return Reply.done(now, now.version());
        });
    }

    /** Changes how a type counts. */
    public Reply changeType(Author author, GradeType type, Versions versions, Score weight, int dropLowest) {
        return writes.change(author, change -> {
            var now = Tables.type(change.sql(), type);
            if (!versions.include(now.version())) {
                return Reply.outdated(now, now.version());
            }
            var next = SettingChanges.changeType(change, now, weight, dropLowest);
            return Reply.done(next, next.version());
        });
    }

    /** Changes the letter scale: highest first, the last from 0. */
    public Reply changeLetters(Author author, Versions versions, List<Letter> letters) {
        return writes.change(author, change -> {
            var now = Tables.letters(change.sql());
            if (!versions.include(version(now))) {
                return Reply.outdated(now, version(now));
            }
            SettingChanges.changeLetters(change, now, letters);
            return Reply.done(letters, version(letters));
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
            throw new Refusal(
                    Refusal.Kind.CONFLICT,
                    "there is an item of this title and type; its ID is "
                            + same.get().id());
        }
    }
}
