package dev.millrace.api.millrace.keys;

import dev.millrace.api.millrace.Fields;
import dev.millrace.api.millrace.openapi.Form;
import dev.millrace.json.Json;
import dev.millrace.server.Request;
import java.util.function.BooleanSupplier;

/** Reads the small bodies of actions. */
final class Bodies {
    static final Form REASON =
            Form.object().needs("reason", "string", "1 to 200 letters, which whoever is turned away reads.");

    private Bodies() {}

    /** The fields of a body that may be left out. */
    static Fields optional(Request request) {
        return request.body().length == 0 ? new Fields(Json.object(), "") : Fields.of(request.body());
    }

    static String reason(Request request) {
        return Fields.of(request.body()).only(REASON.names(), "").text("reason");
    }

    /** Does what may find the reason not to be one. */
    static boolean checked(BooleanSupplier action) {
        try {
            return action.getAsBoolean();
        } catch (IllegalArgumentException e) {
            throw Fields.wrong("reason", "format", String.valueOf(e.getMessage()) + ".");
        }
    }
}
