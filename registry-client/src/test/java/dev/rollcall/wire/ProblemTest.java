package dev.rollcall.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class ProblemTest {
    @Test
    void givenProblemWithoutFields_whenWrittenAndRead_thenEmptyMembersAreNotWritten() throws Exception {
        var problem = Problem.of(404, "Not found", "nothing is here");

        var json = Json.text(problem);

        assertThat(json).isEqualTo("{\"title\":\"Not found\",\"status\":404,\"detail\":\"nothing is here\"}");
        assertThat(Json.read(json, Problem.class)).isEqualTo(problem);
    }

    @Test
    void givenProblemWithFields_whenWrittenAndRead_thenTheSame() throws Exception {
        var problem = new Problem(
                "Invalid fields", 400, "Score is wrong", List.of(new Problem.FieldError("Score", "is wrong")), "a1");

        var json = Json.text(problem);

        assertThat(json).endsWith("\"errors\":[{\"field\":\"Score\",\"detail\":\"is wrong\"}],\"requestId\":\"a1\"}");
        assertThat(Json.read(json, Problem.class)).isEqualTo(problem);
    }

    @Test
    void givenAnotherServersProblem_whenRead_thenWhatItLeavesOutIsEmpty() throws Exception {
        var json = "{\"type\":\"about:blank\",\"title\":\"Gone\",\"status\":410,\"instance\":\"/x\"}";

        var read = Json.read(json, Problem.class);

        assertThat(read).isEqualTo(Problem.of(410, "Gone", ""));
    }
}
