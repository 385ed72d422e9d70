package dev.millrace.invoices;

import dev.millrace.json.Json;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Who sells, or who buys.
 *
 * @param address its lines
 * @param country empty when it is not told
 * @param vatId the tax number; empty when there is none
 * @param contact empty when it is not told
 * @param payTo how to pay; empty for who buys
 */
public record Party(String name, List<String> address, String country, String vatId, String contact, String payTo) {
    public Party {
        address = List.copyOf(address);
    }

    String json() {
        ObjectNode object = Json.object().put("name", name);
        ArrayNode lines = object.putArray("address");
        address.forEach(lines::add);
        return object.put("country", country)
                .put("vat_id", vatId)
                .put("contact", contact)
                .put("pay_to", payTo)
                .toString();
    }

    static Party read(String json) {
        ObjectNode object = Json.readOwnObject(json);
        List<String> lines = new ArrayList<>();
        object.path("address").forEach(line -> lines.add(line.asString()));
        return new Party(
                object.path("name").asString(""),
                lines,
                object.path("country").asString(""),
                object.path("vat_id").asString(""),
                object.path("contact").asString(""),
                object.path("pay_to").asString(""));
    }
}
