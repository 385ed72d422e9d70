package dev.millrace.json;

import java.math.BigDecimal;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.node.TreeBuildingGenerator;
import tools.jackson.databind.ser.std.StdSerializer;
import tools.jackson.databind.util.TokenBuffer;

/**
 * Writes decimals without an exponent, as {@code 0.000000001}: many who read JSON take {@code 1E-9} for a text or a mistake. What has more
 * digits than any amount here is left as it is.
 */
final class PlainDecimal extends StdSerializer<BigDecimal> {
    private static final int PLACES_MAX = 100;

    PlainDecimal() {
        super(BigDecimal.class);
    }

    @Override
    public void serialize(BigDecimal value, JsonGenerator out, SerializationContext context) {
        // What keeps the number itself takes no text of it: it would come out as a double, or is refused.
        boolean kept = out instanceof TokenBuffer || out instanceof TreeBuildingGenerator;
        if (kept || Math.abs(value.scale()) > PLACES_MAX) {
            out.writeNumber(value);
        } else {
            out.writeNumber(value.toPlainString());
        }
    }
}
