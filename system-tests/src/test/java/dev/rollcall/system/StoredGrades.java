package dev.rollcall.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.system.testkit.Http;
import java.io.IOException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** The stored grades that {@link GradeWriters} gave. */
final class StoredGrades {
    private static final int STUDENTS = 5;
    private static final int LIMIT = 1_000;

    private StoredGrades() {}

    /** Returns the student by title; fails if a title is stored twice, or does not have exactly one history entry. */
    static Map<String, Integer> of(String url) throws IOException, InterruptedException {
        var all = new LinkedHashMap<String, Integer>();
        for (var student = 1; student <= STUDENTS; student++) {
            var entries = entries(url, student);
            for (var grade : Http.get(url + "/students/" + student).json().get("Grades")) {
                var title = grade.get("Title").textValue();
                if (title.startsWith("K")) {
                    assertThat(all.put(title, student))
                            .as("%s is there once", title)
                            .isNull();
                    assertThat(grade.get("Score").asText()).isEqualTo(title.substring(1));
                    assertThat(entries.remove(grade.get("ID").intValue()))
                            .as("entries for %s", title)
                            .isEqualTo(1);
                }
            }
            assertThat(entries).as("entries without a grade").isEmpty();
        }
        return all;
    }

    /** Returns, by grade number, how many history entries record its addition. */
    private static Map<Integer, Integer> entries(String url, int student) throws IOException, InterruptedException {
        var entries = new HashMap<Integer, Integer>();
        var before = Integer.MAX_VALUE;
        while (true) {
            var page = Http.get(url + "/students/" + student + "/history?limit=" + LIMIT + "&before=" + before)
                    .json();
            for (var entry : page) {
                before = entry.get("ID").intValue();
                if (entry.get("What").textValue().equals("grade added")
                        && entry.get("To").get("Title").textValue().startsWith("K")) {
                    entries.merge(entry.get("Grade").intValue(), 1, Integer::sum);
                }
            }
            if (page.size() < LIMIT) {
                return entries;
            }
        }
    }
}
