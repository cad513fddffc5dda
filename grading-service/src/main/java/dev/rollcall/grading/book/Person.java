package dev.rollcall.grading.book;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.UpperCamelCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;

/**
 * A student without grades.
 *
 * @param id from 1, never reused
 * @param withdrawn whether the student has left the class
 * @param version from 1, raised by each change of these fields
 */
@JsonNaming(UpperCamelCaseStrategy.class)
public record Person(@JsonProperty("ID") int id, String firstName, String lastName, boolean withdrawn, int version) {
    Person renamed(String first, String last) {
        return new Person(id, first, last, withdrawn, version + 1);
    }

    Person withdrawn(boolean now) {
        return new Person(id, firstName, lastName, now, version + 1);
    }

    boolean hasSameContentAs(Person other) {
        return equals(new Person(other.id, other.firstName, other.lastName, other.withdrawn, version));
    }
}
