package dev.rollcall.portal.gradebook;

/**
 * The form again, after the grading service couldn't be reached, so that nothing typed is lost.
 *
 * @param status the HTTP status
 * @param reason the cause as a sentence
 * @param isSurelyNotStored whether a retry can't add it twice
 * @param form the form as typed
 */
record UnsentPage(int status, String reason, boolean isSurelyNotStored, FormView form) {}
