package dev.millrace.idempotency;

import dev.millrace.crypto.Digest;
import dev.millrace.json.CanonicalJson;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** What a request asks for, as a SHA-256: two requests with the same fingerprint ask for the same. */
public final class Fingerprint {
    private final byte[] hash;

    private Fingerprint(byte[] hash) {
        this.hash = hash;
    }

    /** The fingerprint of a body: neither the order of names nor white space counts. */
    public static Fingerprint of(JsonNode body) {
        return of(body, List.of());
    }

    /** The fingerprint of a body and of the SHA-256 digests of what was uploaded with it. */
    public static Fingerprint of(JsonNode body, List<byte[]> uploads) {
        MessageDigest digest = Digest.newSha256();
        digest.update(CanonicalJson.bytes(body));
        uploads.forEach(digest::update);
        return new Fingerprint(digest.digest());
    }

    byte[] bytes() {
        return hash.clone();
    }

    boolean matches(byte[] stored) {
        return Digest.same(hash, stored);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Fingerprint fingerprint && Arrays.equals(fingerprint.hash, hash);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(hash);
    }

    @Override
    public String toString() {
        return Digest.hex(hash);
    }
}
