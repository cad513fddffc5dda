package dev.rollcall.grading.book;

/**
 * A student's page of the roster.
 *
 * @param name last name and first name, folded
 */
record StudentEntry(Person person, String name, Grades grades) {
    static StudentEntry of(Person person, Grades grades) {
        return new StudentEntry(person, Names.folded(person.lastName() + " " + person.firstName()), grades);
    }
}
