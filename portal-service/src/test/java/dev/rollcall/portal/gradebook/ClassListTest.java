package dev.rollcall.portal.gradebook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.wire.Json;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ClassListTest {
    private static final String CLASS = "[{\"ID\":1,\"FirstName\":\"Zoë\",\"LastName\":\"Ångström\","
            + "\"Grades\":[{\"Title\":\"Q\",\"Type\":\"Quiz\",\"Score\":80}]},"
            + "{\"ID\":2,\"FirstName\":\"Bo\",\"LastName\":\"Tran-Vance\",\"Grades\":["
            + "{\"Title\":\"Q\",\"Type\":\"Quiz\",\"Score\":90},{\"Title\":\"T\",\"Type\":\"Test\",\"Score\":50}]},"
            + "{\"ID\":3,\"FirstName\":\"Ada\",\"LastName\":\"Bell\",\"Grades\":[]}]";

    private List<Student> all = List.of();

    @BeforeEach
    void read() throws Exception {
        all = Json.readList(CLASS.getBytes(StandardCharsets.UTF_8), Student.class);
    }

    @ParameterizedTest
    @CsvSource({
        "'', id, 1 2 3",
        "'', -id, 3 2 1",
        "'', name, 1 3 2",
        "'', average, 3 2 1",
        "'', -average, 1 2 3",
        "zoe, id, 1",
        "angs, id, 1",
        "VANCE, id, 2",
        "b, id, 2 3",
        "bo tr, id, 2",
        "ance, id, ''"
    })
    void givenClass_whenSearchedAndSorted_thenAsOurGradingServiceDoes(String q, String sort, String ids) {
        var page = ClassList.page(all, new StudentsQuery(q, sort, "active", 1, 50));

        assertThat(page.stream().map(student -> Long.toString(student.id())))
                .containsExactly(ids.isEmpty() ? new String[0] : ids.split(" "));
    }

    @Test
    void givenClass_whenPaged_thenEachPageHasItsPart() {
        var query = new StudentsQuery("", "id", "active", 2, 2);

        assertThat(ClassList.page(all, query)).extracting(Student::id).containsExactly(3L);
        assertThat(ClassList.paging(all, query).pages()).isEqualTo(2);
        assertThat(ClassList.paging(all, query).first()).isEqualTo(3);
    }

    @Test
    void givenItemsOfOtherStudents_whenAveraged_thenBlanksCountAsZero() {
        var students = ClassList.withAverages(all);

        assertThat(students)
                .extracting(student -> student.averages().soFarText())
                .containsExactly("80.00", "70.00", "none yet");
        assertThat(students)
                .extracting(student -> student.averages().withBlanksText())
                .containsExactly("40.00", "70.00", "0.00");
    }

    @Test
    void givenPlainClass_whenShownAsGrid_thenTitlesAreColumns() {
        var grid = Grid.of(all, new StudentsQuery("", "id", "active", 1, 50));

        assertThat(grid.items()).extracting(Item::title).containsExactly("Q", "T");
        assertThat(grid.rows().get(0).cells()).extracting(Grid.Cell::text).containsExactly("80", "");
        assertThat(grid.total()).isEqualTo(3);
    }
}
