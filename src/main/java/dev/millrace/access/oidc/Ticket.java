package dev.millrace.access.oidc;

import dev.millrace.crypto.Digest;
import dev.millrace.crypto.Seal;
import dev.millrace.json.Json;
import java.nio.charset.StandardCharsets;
import tools.jackson.databind.node.ObjectNode;

/**
 * What is kept, sealed, of a sign-in that is on its way.
 *
 * @param kind {@code flow} before the provider has answered, {@code code} where a second step is asked for
 * @param flow the hash of what the browser keeps, in hex
 * @param nonce what the provider must say again
 * @param verifier what PKCE proves with
 * @param person who that is, once it is known
 * @param next where to go then: a path of the console
 * @param invitation the token of an invitation's link; empty for none
 */
record Ticket(String kind, String flow, String nonce, String verifier, String person, String next, String invitation) {
    static final String FLOW = "flow";
    static final String CODE = "code";

    byte[] seal(Seal seal, byte[] hash) {
        ObjectNode clear = Json.object()
                .put("kind", kind)
                .put("flow", flow)
                .put("nonce", nonce)
                .put("verifier", verifier)
                .put("person", person)
                .put("next", next)
                .put("invitation", invitation);
        return seal.seal(Json.bytes(clear), context(hash));
    }

    static Ticket open(Seal seal, byte[] hash, byte[] sealed) {
        ObjectNode clear = Json.readOwnObject(new String(seal.open(sealed, context(hash)), StandardCharsets.UTF_8));
        return new Ticket(
                clear.path("kind").stringValue(),
                clear.path("flow").stringValue(),
                clear.path("nonce").stringValue(),
                clear.path("verifier").stringValue(),
                clear.path("person").stringValue(),
                clear.path("next").stringValue(),
                clear.path("invitation").stringValue());
    }

    /** Whether it was begun in the browser that keeps this. */
    boolean of(String browser) {
        return Digest.same(
                flow.getBytes(StandardCharsets.UTF_8),
                Digest.hex(Digest.sha256(browser)).getBytes(StandardCharsets.UTF_8));
    }

    /** Nothing of it. */
    @Override
    public String toString() {
        return "Ticket[" + kind + "]";
    }

    private static String context(byte[] hash) {
        return "oidc:" + Digest.hex(hash);
    }
}
