package dev.rollcall.grading.book;

import dev.rollcall.grading.sums.Mark;
import dev.rollcall.grading.sums.Rule;
import dev.rollcall.grading.sums.WeightedAverage;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * The rules that averages depend on besides grades. Computes the averages for the API, pages and exports.
 *
 * @param items ordered by id
 * @param types one for each grade type
 * @param letters the highest first, the last from 0
 */
record AveragingRules(List<Item> items, List<TypeRule> types, List<Letter> letters) {
    AveragingRules {
        items = List.copyOf(items);
        types = List.copyOf(types);
        letters = List.copyOf(letters);
    }

    /** Returns an item. Foreign keys ensure that each grade's item exists. */
    Item item(int id) {
        return items.get(indexOf(id));
    }

    Average average(Grades grades) {
        var marks = new ArrayList<Mark>(items.size());
        var filled = new BitSet(items.size());
        for (var i = 0; i < grades.size(); i++) {
            var index = indexOf(grades.items[i]);
            if (grades.counts(i)) {
                marks.add(mark(grades.ids[i], items.get(index), grades.scores[i]));
            }
            if (grades.counts(i) || grades.excused[i]) {
                filled.set(index);
            }
        }
        var rules = rules();
        var soFar = WeightedAverage.average(rules, marks).orElse(null);
        for (var index = filled.nextClearBit(0); index < items.size(); index = filled.nextClearBit(index + 1)) {
            marks.add(mark(0, items.get(index), 0));
        }
        var withBlanks = WeightedAverage.average(rules, marks).orElse(null);
        return soFar == null && withBlanks == null
                ? Average.NONE
                : new Average(soFar, withBlanks, soFar == null ? null : letter(soFar));
    }

    private List<Rule> rules() {
        return types.stream()
                .map(type -> new Rule(type.weight().millionths(), type.dropLowest()))
                .toList();
    }

    private Mark mark(int id, Item item, long score) {
        return new Mark(id, kind(item.type()), score, item.points().millionths());
    }

    private int kind(GradeType type) {
        var index = 0;
        while (types.get(index).name() != type) {
            index++;
        }
        return index;
    }

    private String letter(BigDecimal average) {
        return letters.stream()
                .filter(letter -> average.compareTo(letter.from().value()) >= 0)
                .findFirst()
                .map(Letter::letter)
                .orElse("");
    }

    /** Returns the index of an item; throws {@link IllegalStateException} if there is none. */
    int indexOf(int id) {
        var index = ById.indexOf(items.size(), i -> items.get(i).id(), id);
        if (index < 0) {
            throw new IllegalStateException("there is no item " + id);
        }
        return index;
    }
}
