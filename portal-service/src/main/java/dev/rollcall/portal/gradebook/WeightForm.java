package dev.rollcall.portal.gradebook;

import dev.rollcall.portal.page.FormSubmission;
import dev.rollcall.portal.page.ValidationErrors;
import dev.rollcall.wire.Json;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.regex.Pattern;

/** The form of a type's weight, as typed. */
record WeightForm(String name, String weight, String dropLowest, long version) {
    static final String WEIGHT = "Weight";
    static final String DROP_LOWEST = "DropLowest";

    private static final Pattern COUNT = Pattern.compile("[0-9]{1,4}");
    private static final int DROP_MAX = 1_000;

    static WeightForm of(Weight weight) {
        return new WeightForm(
                weight.name(),
                weight.weight().toPlainString(),
                Integer.toString(weight.dropLowest()),
                weight.version());
    }

    static WeightForm of(String name, FormSubmission submission) {
        return new WeightForm(
                name, submission.field(WEIGHT), submission.field(DROP_LOWEST), Ids.orZero(submission.field("Version")));
    }

    ValidationErrors validate() {
        var errors = new LinkedHashMap<String, String>();
        if (!GradeForm.isScore(weight)) {
            errors.put(WEIGHT, "Write a number from 0 on, with a point before decimals, such as 25.");
        }
        if (!COUNT.matcher(dropLowest).matches() || Integer.parseInt(dropLowest) > DROP_MAX) {
            errors.put(DROP_LOWEST, "Write a whole number from 0 to " + DROP_MAX + ".");
        }
        return new ValidationErrors(errors, "");
    }

    byte[] json() {
        var fields = new LinkedHashMap<String, Object>();
        fields.put(WEIGHT, new BigDecimal(weight));
        fields.put(DROP_LOWEST, Integer.parseInt(dropLowest));
        return Json.bytes(fields);
    }
}
