package dev.rollcall.portal.gradebook;

import dev.rollcall.portal.page.ValidationErrors;

/** The page with the form for a student's names; an id of 0 means a new student. */
record PersonPage(long id, String firstName, String lastName, long version, ValidationErrors errors, String token) {}
