package dev.rollcall.portal.gradebook;

import dev.rollcall.portal.page.ValidationErrors;

/** The form for a student's names: a new one's if the number is 0. */
record PersonPage(long id, String firstName, String lastName, long version, ValidationErrors mistakes, String token) {}
