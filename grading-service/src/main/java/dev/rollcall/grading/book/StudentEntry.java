package dev.rollcall.grading.book;

/**
 * A student in the roster, with grades.
 *
 * @param foldedName last name and first name, for sorting and searching
 */
record StudentEntry(Person person, String foldedName, Grades grades) {
    static StudentEntry of(Person person, Grades grades) {
        return new StudentEntry(person, Names.folded(person.lastName() + " " + person.firstName()), grades);
    }
}
