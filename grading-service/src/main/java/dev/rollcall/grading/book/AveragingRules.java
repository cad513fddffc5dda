package dev.rollcall.grading.book;

import dev.rollcall.grading.sums.Mark;
import dev.rollcall.grading.sums.Rule;
import dev.rollcall.grading.sums.WeightedAverage;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * What averages depend on besides grades. Computes them: for the API, for pages, for exports.
 *
 * @param items by id
 * @param types one for each type
 * @param letters the highest first, the last from 0
 */
record AveragingRules(List<Item> items, List<TypeRule> types, List<Letter> letters) {
    AveragingRules {
        items = List.copyOf(items);
        types = List.copyOf(types);
        letters = List.copyOf(letters);
    }

    /** The item of an id; {@link IllegalStateException} if there is none, which foreign keys prevent. */
    Item item(int id) {
        return items.get(place(id));
    }

    Average average(Grades grades) {
        var marks = new ArrayList<Mark>(items.size());
        var filled = new BitSet(items.size());
        for (var i = 0; i < grades.size(); i++) {
            var place = place(grades.items[i]);
            if (grades.counts(i)) {
                marks.add(mark(grades.ids[i], items.get(place), grades.scores[i]));
            }
            if (grades.counts(i) || grades.excused[i]) {
                filled.set(place);
            }
        }
        var rules = rules();
        var soFar = WeightedAverage.average(rules, marks).orElse(null);
        for (var place = filled.nextClearBit(0); place < items.size(); place = filled.nextClearBit(place + 1)) {
            marks.add(mark(0, items.get(place), 0));
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
        var place = 0;
        while (types.get(place).name() != type) {
            place++;
        }
        return place;
    }

    private String letter(BigDecimal average) {
        return letters.stream()
                .filter(letter -> average.compareTo(letter.from().value()) >= 0)
                .findFirst()
                .map(Letter::letter)
                .orElse("");
    }

    /** The place of an item; {@link IllegalStateException} if there is none. */
    int place(int id) {
        var place = ById.place(items.size(), i -> items.get(i).id(), id);
        if (place < 0) {
            throw new IllegalStateException("there is no item " + id);
        }
        return place;
    }
}
