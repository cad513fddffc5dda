package dev.rollcall.grading.book;

import dev.rollcall.wire.Json;

/**
 * What became of a change, as its maker is told; kept for those who ask the same again.
 *
 * @param status as HTTP has it: 200 and 201 for done, 412 where something else had been changed before
 * @param body what is there now, as JSON
 * @param tag the version of it, for the next change
 * @param location where it is found; empty if that is known
 */
public record ChangeResult(int status, String body, String tag, String location) {
    static ChangeResult done(Object state, Object tag) {
        return new ChangeResult(200, Json.text(state), tag.toString(), "");
    }

    static ChangeResult created(Object state, Object tag, String location) {
        return new ChangeResult(201, Json.text(state), tag.toString(), location);
    }

    static ChangeResult outdated(Object state, Object tag) {
        return new ChangeResult(412, Json.text(state), tag.toString(), "");
    }
}
