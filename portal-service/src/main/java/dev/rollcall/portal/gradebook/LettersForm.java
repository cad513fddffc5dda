package dev.rollcall.portal.gradebook;

import dev.rollcall.portal.page.FormSubmission;
import dev.rollcall.portal.page.ValidationErrors;
import dev.rollcall.wire.Json;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The form of the letter scale, as typed, in any order; rows without a letter are ignored.
 *
 * @param rows the rows as typed
 * @param shownEtag the entity tag of the scale that was shown; may be empty
 */
record LettersForm(List<Row> rows, String shownEtag) {
    static final int ROWS_MAX = 20;
    static final int LETTER_LENGTH_MAX = 10;

    private static final int SPARE_ROWS = 2;

    LettersForm {
        rows = List.copyOf(rows);
    }

    static LettersForm of(List<LetterThreshold> letters, String etag) {
        return new LettersForm(
                letters.stream()
                        .map(each -> new Row(each.letter(), each.from().toPlainString()))
                        .toList(),
                etag);
    }

    static LettersForm of(FormSubmission submission) {
        var rows = new ArrayList<Row>();
        for (var i = 0; i < ROWS_MAX; i++) {
            var row = new Row(submission.field("Letter" + i), submission.field("From" + i));
            if (!row.letter().isEmpty()) {
                rows.add(row);
            }
        }
        return new LettersForm(rows, submission.field("Seen"));
    }

    /** Returns the rows and some empty ones to fill. */
    List<Row> rowsWithSpares() {
        var offered = new ArrayList<>(rows);
        for (var i = 0; i < SPARE_ROWS && offered.size() < ROWS_MAX; i++) {
            offered.add(new Row("", ""));
        }
        return offered;
    }

    /** Returns the errors, by row ({@code From0} and so on) or of the whole form. */
    ValidationErrors validate() {
        var errors = new LinkedHashMap<String, String>();
        var letters = new HashSet<String>();
        var limits = new HashSet<BigDecimal>();
        for (var i = 0; i < rows.size(); i++) {
            var row = rows.get(i);
            if (row.letter().length() > LETTER_LENGTH_MAX || !letters.add(row.letter())) {
                errors.put("Letter" + i, "Use each letter once, with at most " + LETTER_LENGTH_MAX + " characters.");
            }
            if (!GradeForm.isScore(row.from())) {
                errors.put("From" + i, "Write a number from 0 on, with a point before decimals, such as 89.5.");
            } else if (!limits.add(row.limit().stripTrailingZeros())) {
                errors.put("From" + i, "Another letter begins at the same average.");
            }
        }
        if (errors.isEmpty() && !limits.contains(BigDecimal.ZERO)) {
            return ValidationErrors.ofForm("Let one letter begin at 0, so that every average has one.");
        }
        return new ValidationErrors(errors, "");
    }

    /** Returns the scale as JSON, highest first; only for a valid form. */
    byte[] json() {
        return Json.bytes(rows.stream()
                .map(row -> new LetterThreshold(row.letter(), row.limit()))
                .sorted(Comparator.comparing(LetterThreshold::from).reversed())
                .toList());
    }

    /** Returns the scale as text: {@code A from 90, B from 80}. */
    String text() {
        return rows.stream().map(row -> row.letter() + " from " + row.from()).collect(Collectors.joining(", "));
    }

    /** A letter and its lowest average, as typed. */
    record Row(String letter, String from) {
        BigDecimal limit() {
            return new BigDecimal(from);
        }
    }
}
