package dev.rollcall.grading.book;

import dev.rollcall.grading.store.Transaction.Counter;
import java.sql.SQLException;
import java.util.List;

/** Items, types and letters change. */
final class SettingChanges {
    private SettingChanges() {}

    static Item itemOf(RecordedChange recordedChange, String title, GradeType type) throws SQLException {
        var known = Tables.item(recordedChange.sql(), title, type);
        return known.isPresent() ? known.get() : addItem(recordedChange, title, type, Item.USUAL_POINTS);
    }

    static Item addItem(RecordedChange recordedChange, String title, GradeType type, Score points) throws SQLException {
        var item = new Item(recordedChange.next(Counter.ITEM), title, type, points, 1);
        recordedChange
                .sql()
                .update(
                        "INSERT INTO item VALUES (?, ?, ?, ?, 1)",
                        item.id(),
                        title,
                        type.wireName(),
                        points.millionths());
        recordedChange.note(ChangeKind.ITEM_ADDED, null, item);
        return item;
    }

    static Item changeItem(RecordedChange recordedChange, Item from, String title, GradeType type, Score points)
            throws SQLException {
        if (from.equals(new Item(from.id(), title, type, points, from.version()))) {
            return from;
        }
        var to = new Item(from.id(), title, type, points, from.version() + 1);
        recordedChange
                .sql()
                .update(
                        "UPDATE item SET title = ?, kind = ?, points = ?, version = ? WHERE id = ?",
                        title,
                        type.wireName(),
                        points.millionths(),
                        to.version(),
                        to.id());
        recordedChange.note(ChangeKind.ITEM_CHANGED, from, to);
        return to;
    }

    static void removeItem(RecordedChange recordedChange, Item item) throws SQLException {
        recordedChange.sql().update("DELETE FROM item WHERE id = ?", item.id());
        recordedChange.note(ChangeKind.ITEM_REMOVED, item, null);
    }

    static TypeRule changeType(RecordedChange recordedChange, TypeRule from, Score weight, int dropLowest)
            throws SQLException {
        if (from.weight().equals(weight) && from.dropLowest() == dropLowest) {
            return from;
        }
        var to = new TypeRule(from.name(), weight, dropLowest, from.version() + 1);
        recordedChange
                .sql()
                .update(
                        "UPDATE kind SET weight = ?, drop_lowest = ?, version = ? WHERE name = ?",
                        weight.millionths(),
                        dropLowest,
                        to.version(),
                        to.name().wireName());
        recordedChange.note(ChangeKind.TYPE_CHANGED, from, to);
        return to;
    }

    static void changeLetters(RecordedChange recordedChange, List<Letter> from, List<Letter> to) throws SQLException {
        if (from.equals(to)) {
            return;
        }
        recordedChange.sql().update("DELETE FROM letter");
        for (var letter : to) {
            recordedChange
                    .sql()
                    .update(
                            "INSERT INTO letter VALUES (?, ?)",
                            letter.letter(),
                            letter.from().millionths());
        }
        recordedChange.note(ChangeKind.LETTERS_CHANGED, from, to);
    }
}
