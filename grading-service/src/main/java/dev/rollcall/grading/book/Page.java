package dev.rollcall.grading.book;

/**
 * A student's page of the roster.
 *
 * @param name last name and first name, folded
 */
record Page(Person person, String name, Grades grades) {
    static Page of(Person person, Grades grades) {
        return new Page(person, Names.folded(person.lastName() + " " + person.firstName()), grades);
    }
}
