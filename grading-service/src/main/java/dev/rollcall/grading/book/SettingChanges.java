package dev.rollcall.grading.book;

import dev.rollcall.grading.store.Transaction.Counter;
import java.sql.SQLException;
import java.util.List;

/** Writes changes of items, types and letters, with their history, within a transaction. */
final class SettingChanges {
    private SettingChanges() {}

    static Item findOrAddItem(RecordedChange change, String title, GradeType type) throws SQLException {
        var existing = Tables.item(change.sql(), title, type);
        return existing.isPresent() ? existing.get() : addItem(change, title, type, Item.DEFAULT_POINTS);
    }

    static Item addItem(RecordedChange change, String title, GradeType type, Score points) throws SQLException {
        var item = new Item(change.next(Counter.ITEM), title, type, points, 1);
        change.sql()
                .update(
                        "INSERT INTO item VALUES (?, ?, ?, ?, 1)",
                        item.id(),
                        title,
                        type.wireName(),
                        points.millionths());
        change.record(ChangeKind.ITEM_ADDED, null, item);
        return item;
    }

    static Item changeItem(RecordedChange change, Item from, String title, GradeType type, Score points)
            throws SQLException {
        if (from.equals(new Item(from.id(), title, type, points, from.version()))) {
            return from;
        }
        var to = new Item(from.id(), title, type, points, from.version() + 1);
        change.sql()
                .update(
                        "UPDATE item SET title = ?, kind = ?, points = ?, version = ? WHERE id = ?",
                        title,
                        type.wireName(),
                        points.millionths(),
                        to.version(),
                        to.id());
        change.record(ChangeKind.ITEM_CHANGED, from, to);
        return to;
    }

    static void removeItem(RecordedChange change, Item item) throws SQLException {
        change.sql().update("DELETE FROM item WHERE id = ?", item.id());
        change.record(ChangeKind.ITEM_REMOVED, item, null);
    }

    static TypeRule changeType(RecordedChange change, TypeRule from, Score weight, int dropLowest) throws SQLException {
        if (from.weight().equals(weight) && from.dropLowest() == dropLowest) {
            return from;
        }
        var to = new TypeRule(from.name(), weight, dropLowest, from.version() + 1);
        change.sql()
                .update(
                        "UPDATE kind SET weight = ?, drop_lowest = ?, version = ? WHERE name = ?",
                        weight.millionths(),
                        dropLowest,
                        to.version(),
                        to.name().wireName());
        change.record(ChangeKind.TYPE_CHANGED, from, to);
        return to;
    }

    static void changeLetters(RecordedChange change, List<Letter> from, List<Letter> to) throws SQLException {
        if (from.equals(to)) {
            return;
        }
        change.sql().update("DELETE FROM letter");
        for (var letter : to) {
            change.sql()
                    .update(
                            "INSERT INTO letter VALUES (?, ?)",
                            letter.letter(),
                            letter.from().millionths());
        }
        change.record(ChangeKind.LETTERS_CHANGED, from, to);
    }
}
