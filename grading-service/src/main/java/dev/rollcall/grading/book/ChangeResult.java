package dev.rollcall.grading.book;

import dev.rollcall.wire.Json;

/** The outcome of a change that was not refused. */
public sealed interface ChangeResult {
    /** Returns the current state of the changed object, as JSON. */
    String body();

    /** Returns the tag of that state, for the next conditional change. */
    String tag();

    /** The object was added. */
    record Created(String body, String tag, String location) implements ChangeResult {}

    /** The object has the requested state; it may have had it before. */
    record Done(String body, String tag) implements ChangeResult {}

    /** Nothing was changed: the object has another version than the client has seen. */
    record Outdated(String body, String tag) implements ChangeResult {}

    static Created created(Object state, Object tag, String location) {
        return new Created(Json.text(state), tag.toString(), location);
    }

    static Done done(Object state, Object tag) {
        return new Done(Json.text(state), tag.toString());
    }

    static Outdated outdated(Object state, Object tag) {
        return new Outdated(Json.text(state), tag.toString());
    }
}
