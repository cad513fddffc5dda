package dev.rollcall.portal;

/** A student with the grades, and the form that adds one. */
record StudentPage(Student student, FormView form) {}
