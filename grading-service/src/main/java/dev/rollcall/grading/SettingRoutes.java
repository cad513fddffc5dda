package dev.rollcall.grading;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rollcall.grading.book.GradeType;
import dev.rollcall.grading.book.Gradebook;
import dev.rollcall.grading.book.Item;
import dev.rollcall.grading.book.Letter;
import dev.rollcall.grading.book.Scheme;
import dev.rollcall.grading.book.Score;
import dev.rollcall.grading.book.TypeRule;
import dev.rollcall.http.Answer;
import dev.rollcall.http.ProblemException;
import dev.rollcall.http.Request;
import dev.rollcall.http.Routes;
import dev.rollcall.wire.Json;
import dev.rollcall.wire.MalformedJsonException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;

/** Items, types and letters over HTTP. */
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
                .get("/items", Told.by(this::items))
                .post("/items", Told.by(this::addItem))
                .get("/items/{id}", Told.by(this::item))
                .with("PUT", "/items/{id}", Told.by(this::changeItem))
                .delete("/items/{id}", Told.by(this::removeItem))
                .get("/types", Told.by(this::types))
                .get("/types/{name}", Told.by(this::type))
                .with("PUT", "/types/{name}", Told.by(this::changeType))
                .get("/letters", Told.by(this::letters))
                .with("PUT", "/letters", Told.by(this::changeLetters));
    }

    private Answer items(Request request) {
        var roster = gradebook.roster();
        return Told.tagged(request, roster.revision(), () -> Answer.json(200, roster.items()));
    }

    private Answer item(Request request) {
        var id = Asked.item(request, "id");
        var item = gradebook.roster().items().stream()
                .filter(each -> each.id() == id)
                .findFirst()
                .orElseThrow(() -> ProblemException.notFound("there is no item of this id; GET /items lists them"));
        return Told.tagged(request, item.version(), () -> Answer.json(200, item));
    }

    private Answer addItem(Request request) throws IOException {
        var body = request.body();
        var fields = Fields.of(body);
        var title = fields.title();
        var type = fields.type();
        var points = points(fields);
        var author = Asked.author(request, fields.why());
        fields.check();
        return Told.reply(gradebook.scheme().addItem(author, Asked.key(request, body), title, type, points));
    }

    private Answer changeItem(Request request) throws IOException {
        var item = Asked.item(request, "id");
        var versions = Tags.required(request);
        var fields = Fields.of(request.body());
        var title = fields.title();
        var type = fields.type();
        var points = points(fields);
        var author = Asked.author(request, fields.why());
        fields.check();
        return Told.reply(gradebook.scheme().changeItem(author, item, versions, title, type, points));
    }

    private Answer removeItem(Request request) {
        var item = Asked.item(request, "id");
        return Told.reply(gradebook.scheme().removeItem(Asked.author(request), item, Tags.required(request)));
    }

    private Answer types(Request request) {
        var roster = gradebook.roster();
        return Told.tagged(request, roster.revision(), () -> Answer.json(200, roster.types()));
    }

    private Answer type(Request request) {
        var rule = gradebook.roster().type(named(request));
        return Told.tagged(request, rule.version(), () -> Answer.json(200, rule));
    }

    private Answer changeType(Request request) throws IOException {
        var type = named(request);
        var versions = Tags.required(request);
        var fields = Fields.of(request.body());
        var weight = fields.score("Weight");
        var dropLowest = fields.number("DropLowest", 0, TypeRule.DROP_MAX);
        var author = Asked.author(request, fields.why());
        fields.check();
        return Told.reply(gradebook.scheme().changeType(author, type, versions, weight, dropLowest));
    }

    private Answer letters(Request request) {
        var letters = gradebook.roster().letters();
        return Told.tagged(request, Scheme.version(letters), () -> Answer.json(200, letters));
    }

    private Answer changeLetters(Request request) throws IOException {
        var versions = Tags.required(request);
        var letters = letters(request.body());
        return Told.reply(gradebook.scheme().changeLetters(Asked.author(request), versions, letters));
    }

    private static Score points(Fields fields) {
        var points = fields.optionalScore("Points").orElse(Item.USUAL_POINTS);
        if (points.value().signum() == 0) {
            fields.wrong("Points", POINTS_ALLOWED);
        }
        return points;
    }

    private static GradeType named(Request request) {
        return GradeType.of(request.pathValue("name"))
                .orElseThrow(() -> ProblemException.notFound("there is no such type; a type " + GradeType.ALLOWED));
    }

    private static List<Letter> letters(byte[] body) {
        var letters = new ArrayList<Letter>();
        try {
            for (var node : Json.readList(body, JsonNode.class)) {
                var fields = Fields.of(Json.bytes(node));
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
