package dev.rollcall.grading;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rollcall.grading.book.GradeType;
import dev.rollcall.grading.book.Gradebook;
import dev.rollcall.grading.book.GradingScheme;
import dev.rollcall.grading.book.Item;
import dev.rollcall.grading.book.Letter;
import dev.rollcall.grading.book.Score;
import dev.rollcall.grading.book.TypeRule;
import dev.rollcall.http.ProblemException;
import dev.rollcall.http.Request;
import dev.rollcall.http.Response;
import dev.rollcall.http.Routes;
import dev.rollcall.wire.Json;
import dev.rollcall.wire.MalformedJsonException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;

/** The HTTP routes for items, types and letters. */
final class SettingRoutes {
    private static final String POINTS_ALLOWED = "must be a number above 0 and up to 1000000 with at most 6 decimals";
    private static final String LETTERS_ALLOWED = "letters are 1 to 20 objects such as {\"Letter\":\"A\",\"From\":90}:"
            + " different ones of 1 to 10 characters, the highest first, the last from 0";
    private static final int LETTERS_MAX = 20;
    private static final int LETTER_LENGTH_MAX = 10;

    private final Gradebook gradebook;

    SettingRoutes(Gradebook gradebook) {
        this.gradebook = gradebook;
    }

    Routes routes() {
        return Routes.NONE
                .get("/items", Responses.mapErrors(this::items))
                .post("/items", Responses.mapErrors(this::addItem))
                .get("/items/{id}", Responses.mapErrors(this::item))
                .with("PUT", "/items/{id}", Responses.mapErrors(this::changeItem))
                .delete("/items/{id}", Responses.mapErrors(this::removeItem))
                .get("/types", Responses.mapErrors(this::types))
                .get("/types/{name}", Responses.mapErrors(this::type))
                .with("PUT", "/types/{name}", Responses.mapErrors(this::changeType))
                .get("/letters", Responses.mapErrors(this::letters))
                .with("PUT", "/letters", Responses.mapErrors(this::changeLetters));
    }

    private Response items(Request request) {
        var roster = gradebook.roster();
        return Responses.tagged(request, roster.revision(), () -> Response.json(200, roster.items()));
    }

    private Response item(Request request) {
        var id = RequestParams.item(request, "id");
        var item = gradebook.roster().items().stream()
                .filter(each -> each.id() == id)
                .findFirst()
                .orElseThrow(() -> ProblemException.notFound("there is no item of this id; GET /items lists them"));
        return Responses.tagged(request, item.version(), () -> Response.json(200, item));
    }

    private Response addItem(Request request) throws IOException {
        var body = request.body();
        var fields = JsonFields.of(body);
        var title = fields.title();
        var type = fields.type();
        var points = points(fields);
        var author = RequestParams.author(request, fields.reason());
        fields.check();
        return Responses.from(
                gradebook.scheme().addItem(author, RequestParams.key(request, body), title, type, points));
    }

    private Response changeItem(Request request) throws IOException {
        var item = RequestParams.item(request, "id");
        var versions = EntityTags.required(request);
        var fields = JsonFields.of(request.body());
        var title = fields.title();
        var type = fields.type();
        var points = points(fields);
        var author = RequestParams.author(request, fields.reason());
        fields.check();
        return Responses.from(gradebook.scheme().changeItem(author, item, versions, title, type, points));
    }

    private Response removeItem(Request request) {
        var item = RequestParams.item(request, "id");
        return Responses.from(
                gradebook.scheme().removeItem(RequestParams.author(request), item, EntityTags.required(request)));
    }

    private Response types(Request request) {
        var roster = gradebook.roster();
        return Responses.tagged(request, roster.revision(), () -> Response.json(200, roster.types()));
    }

    private Response type(Request request) {
        var rule = gradebook.roster().type(typeInPath(request));
        return Responses.tagged(request, rule.version(), () -> Response.json(200, rule));
    }

    private Response changeType(Request request) throws IOException {
        var type = typeInPath(request);
        var versions = EntityTags.required(request);
        var fields = JsonFields.of(request.body());
        var weight = fields.score("Weight");
        var dropLowest = fields.number("DropLowest", 0, TypeRule.DROP_MAX);
        var author = RequestParams.author(request, fields.reason());
        fields.check();
        return Responses.from(gradebook.scheme().changeType(author, type, versions, weight, dropLowest));
    }

    private Response letters(Request request) {
        var letters = gradebook.roster().letters();
        return Responses.tagged(request, GradingScheme.version(letters), () -> Response.json(200, letters));
    }

    private Response changeLetters(Request request) throws IOException {
        var versions = EntityTags.required(request);
        var letters = letters(request.body());
        return Responses.from(gradebook.scheme().changeLetters(RequestParams.author(request), versions, letters));
    }

    private static Score points(JsonFields fields) {
        var points = fields.optionalScore("Points").orElse(Item.DEFAULT_POINTS);
        if (points.value().signum() == 0) {
            fields.reject("Points", POINTS_ALLOWED);
        }
        return points;
    }

    private static GradeType typeInPath(Request request) {
        return GradeType.of(request.pathValue("name"))
                .orElseThrow(() -> ProblemException.notFound("there is no such type; a type " + GradeType.ALLOWED));
    }

    private static List<Letter> letters(byte[] body) {
        var letters = new ArrayList<Letter>();
        try {
            for (var node : Json.readList(body, JsonNode.class)) {
                var fields = JsonFields.of(Json.bytes(node));
                var letter = fields.letter(LETTER_LENGTH_MAX);
                letters.add(new Letter(letter, fields.score("From")));
                fields.check();
            }
        } catch (MalformedJsonException e) {
            throw ProblemException.badRequest(e.detail());
        }
        if (!isScale(letters)) {
            throw ProblemException.badRequest(LETTERS_ALLOWED);
        }
        return letters;
    }

    private static boolean isScale(List<Letter> letters) {
        if (letters.isEmpty()
                || letters.size() > LETTERS_MAX
                || letters.get(letters.size() - 1).from().value().signum() != 0) {
            return false;
        }
        var names = new HashSet<String>();
        for (var i = 0; i < letters.size(); i++) {
            var isBelow = i == 0
                    || letters.get(i)
                                    .from()
                                    .value()
                                    .compareTo(letters.get(i - 1).from().value())
                            < 0;
            if (!isBelow || !names.add(letters.get(i).letter())) {
                return false;
            }
        }
        return true;
    }
}
