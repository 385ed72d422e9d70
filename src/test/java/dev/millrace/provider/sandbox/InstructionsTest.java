package dev.millrace.provider.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.millrace.json.Json;
import dev.millrace.problem.Problem;
import dev.millrace.problem.ProblemCode;
import dev.millrace.problem.ProblemException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InstructionsTest {
    @Test
    void a_request_without_instructions_has_none_to_follow() {
        for (String parameters :
                new String[] {"{}", "{'sandbox':null}", "{'sandbox':{}}", "{'sandbox':{'fail':null}}"}) {
            Instructions told = read(parameters);
            assertThat(told.fails(1)).isFalse();
            assertThat(told.noop() || told.neverFinish() || told.finishTwice() || told.silentUsage())
                    .isFalse();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "5                                | sandbox",
                "[]                               | sandbox",
                "{'latencyms':1}                  | sandbox.latencyms",
                "{'latency_ms':'1'}               | sandbox.latency_ms",
                "{'latency_ms':-1}                | sandbox.latency_ms",
                "{'latency_ms':1.5}               | sandbox.latency_ms",
                "{'latency_ms':99999999999999999999} | sandbox.latency_ms",
                "{'fail':'sometimes'}             | sandbox.fail",
                "{'fail':true}                    | sandbox.fail",
                "{'fail_at':'end'}                | sandbox.fail_at",
                "{'nsfw':'maybe'}                 | sandbox.nsfw",
                "{'nsfw':1}                       | sandbox.nsfw",
                "{'noop':'true'}                  | sandbox.noop",
                "{'outputs':17}                   | sandbox.outputs",
                "{'usage':'all'}                  | sandbox.usage",
                "{'usage':3}                      | sandbox.usage",
                "{'usage':{'pixels':3}}           | sandbox.usage.pixels",
                "{'usage':{'image':'3'}}          | sandbox.usage.image",
            })
    void what_is_not_understood_is_refused_by_its_name(String instructions, String path) {
        Problem problem = catchThrowableOfType(ProblemException.class, () -> read("{'sandbox':" + instructions + "}"))
                .problem();
        assertThat(problem.code()).isEqualTo(ProblemCode.INVALID_PARAMETER);
        assertThat(problem.fields().getFirst().path()).isEqualTo(path);
        assertThat(problem.detail()).startsWith(path + ": ");
    }

    @Test
    void every_instruction_and_every_failure_is_on_the_page() throws IOException {
        String page = Files.readString(Path.of("docs/sandbox.md"));
        for (String name : InstructionReader.KNOWN) {
            assertThat(page).contains("`" + name + "`");
        }
        for (String name : InstructionReader.FAILURES.keySet()) {
            assertThat(page).contains("`" + name + "`");
        }
    }

    private static Instructions read(String parameters) {
        return Instructions.of(Json.readOwnObject(parameters.replace('\'', '"')));
    }
}
