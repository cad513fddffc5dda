package dev.rollcall.portal.gradebook;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.UpperCamelCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.math.BigDecimal;
import java.util.Objects;

/**
 * A graded item.
 *
 * @param id its id; 0 from a plain service, which has only titles
 *
 * @param type the type of work
 * @param points the maximum score
 * @param version rises by one per change
 */
@JsonNaming(UpperCamelCaseStrategy.class)
record Item(@JsonProperty("ID") long id, String title, String type, BigDecimal points, long version) {
    Item {
        points = Objects.requireNonNullElse(points, Grade.HUNDRED);
        Grade.check(points);
    }
}
