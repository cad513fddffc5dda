package dev.rollcall.portal.gradebook;

/**
 * The form again, when the grading service can't be reached, so that what was typed isn't lost.
 *
 * @param status the HTTP status that goes with it
 * @param reason why, as a sentence
 * @param isSurelyNotStored whether sending it again can't make it two
 * @param form what was typed
 */
record UnsentPage(int status, String reason, boolean isSurelyNotStored, FormView form) {}
