package dev.millrace.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.millrace.json.Json;
import dev.millrace.problem.FieldError;
import dev.millrace.problem.ProblemCode;
import dev.millrace.problem.ProblemException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** What a model says about parameters. */
final class SchemaErrors {
    private SchemaErrors() {}

    /** The errors about parameters that must not be taken. */
    static List<FieldError> of(Model model, ObjectNode parameters) {
        return of(model, parameters, UnknownFields.REJECT);
    }

    static List<FieldError> of(Model model, ObjectNode parameters, UnknownFields unknown) {
        String before = Json.text(parameters);
        ProblemException thrown =
                catchThrowableOfType(ProblemException.class, () -> model.checked(parameters, unknown));
        assertThat(thrown).as("%s takes %s", model.id(), parameters).isNotNull();
        assertThat(thrown.problem().code()).isEqualTo(ProblemCode.INVALID_PARAMETER);
        assertThat(thrown.problem().fields()).isNotEmpty();
        assertThat(Json.text(parameters)).as("the caller's parameters").isEqualTo(before);
        return thrown.problem().fields();
    }

    /** An object written with single quotes, as a caller's body. */
    static ObjectNode json(String text) {
        return Json.parseObject(text.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }
}
