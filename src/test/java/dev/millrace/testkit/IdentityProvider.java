package dev.millrace.testkit;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import dev.millrace.json.Json;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

/**
 * An identity provider on loopback, as OpenID Connect Core 1.0 (sections 3.1.2 and 3.1.3), Discovery 1.0 (section 4) and RFC 7636 (PKCE)
 * have it: real RSA keys and signed tokens, codes that work once, a client that must prove itself. What it says can be bent.
 */
public final class IdentityProvider implements AutoCloseable {
    public static final String CLIENT = "millrace";
    public static final String SECRET = "a secret of the client";

    private final ScriptedUpstream server = ScriptedUpstream.start();
    private final Map<String, Map<String, String>> codes = new ConcurrentHashMap<>();
    private final AtomicInteger keyNumber = new AtomicInteger();
    private final AtomicInteger keyAsked = new AtomicInteger();
    private volatile RSAKey key = newKey();
    private volatile RSAKey signing = key;
    private volatile boolean down;
    private volatile boolean unsigned;
    private volatile UnaryOperator<JWTClaimsSet.Builder> bent = claims -> claims;
    private volatile Map<String, Object> userInfo = Map.of();

    public IdentityProvider() {
        server.answering(this::answer);
    }

    public String issuer() {
        return server.url("");
    }

    /** What a gateway is told of it. */
    public Map<String, String> settings() {
        return Map.of(
                "oidc.issuer",
                issuer(),
                "oidc.client_id",
                CLIENT,
                "oidc.client_secret",
                SECRET,
                "oidc.display_name",
                "Example",
                "server.public_url",
                "https://gate.example");
    }

    /** Where somebody comes back to who lets himself be known there: the code and state that stand in that address. */
    public Map<String, String> authorize(String url) {
        Map<String, String> asked = fields(URI.create(url).getRawQuery());
        String code = "code-" + codes.size() + "/" + asked.get("state").substring(0, 8);
        codes.put(code, asked);
        return Map.of("code", code, "state", asked.get("state"), "redirect_uri", asked.get("redirect_uri"));
    }

    /** Says something else in tokens from now on. */
    public void bend(UnaryOperator<JWTClaimsSet.Builder> how) {
        bent = how;
    }

    public void userInfo(Map<String, Object> claims) {
        userInfo = claims;
    }

    /** Signs with another key from now on, and shows it. */
    public void rotate() {
        key = newKey();
        signing = key;
    }

    /** Signs with a key that it does not show. */
    public void signWithForeignKey() {
        signing = newKey();
    }

    public void unsigned() {
        unsigned = true;
    }

    public void down(boolean now) {
        down = now;
    }

    /** How often the keys were asked for. */
    public int keysAsked() {
        return keyAsked.get();
    }

    private Script answer(Recorded request) {
        if (down) {
            return Script.status(502);
        }
        return switch (request.target()) {
            case "/.well-known/openid-configuration" -> json(200, discovery());
            case "/keys" -> {
                keyAsked.incrementAndGet();
                yield json(200, new JWKSet(key.toPublicJWK()).toString());
            }
            case "/token" -> token(request);
            case "/userinfo" -> json(200, Json.tree(userInfo).toString());
            default -> Script.status(404);
        };
    }

    private String discovery() {
        return Json.object()
                .put("issuer", issuer())
                .put("authorization_endpoint", server.url("/authorize"))
                .put("token_endpoint", server.url("/token"))
                .put("userinfo_endpoint", server.url("/userinfo"))
                .put("jwks_uri", server.url("/keys"))
                .set("response_types_supported", Json.tree(List.of("code")))
                .toString()
                .replaceFirst(
                        "}$",
                        ",\"subject_types_supported\":[\"public\"],\"id_token_signing_alg_values_supported\":[\"RS256\"]}");
    }

    private Script token(Recorded request) {
        Map<String, String> form = fields(request.text());
        Map<String, String> asked = codes.remove(form.getOrDefault("code", ""));
        String basic = CLIENT + ":" + SECRET.replace(" ", "+");
        boolean proven = request.header("Authorization")
                .equals("Basic " + Base64.getEncoder().encodeToString(basic.getBytes(StandardCharsets.UTF_8)));
        if (!proven
                || asked == null
                || !asked.get("redirect_uri").equals(form.get("redirect_uri"))
                || !asked.get("code_challenge").equals(challenge(form.getOrDefault("code_verifier", "")))) {
            return json(400, "{\"error\":\"invalid_grant\"}");
        }
        return json(
                200,
                Json.object()
                        .put("access_token", "an access token")
                        .put("token_type", "Bearer")
                        .put("expires_in", 300)
                        .put("id_token", idToken(asked.get("nonce")))
                        .toString());
    }

    private String idToken(String nonce) {
        Instant now = Instant.now();
        JWTClaimsSet claims = bent.apply(new JWTClaimsSet.Builder()
                        .issuer(issuer())
                        .subject("subject-1")
                        .audience(CLIENT)
                        .issueTime(Date.from(now))
                        .expirationTime(Date.from(now.plusSeconds(300)))
                        .claim("nonce", nonce)
                        .claim("email", "ann@example.org")
                        .claim("email_verified", true)
                        .claim("name", "Ann"))
                .build();
        if (unsigned) {
            return new PlainJWT(claims).serialize();
        }
        try {
            SignedJWT token = new SignedJWT(
                    new JWSHeader.Builder(JWSAlgorithm.RS256)
                            .keyID(signing.getKeyID())
                            .build(),
                    claims);
            token.sign(new RSASSASigner(signing));
            return token.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    private RSAKey newKey() {
        try {
            return new RSAKeyGenerator(2048)
                    .keyID("key-" + keyNumber.incrementAndGet())
                    .generate();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String challenge(String verifier) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(StandardCharsets.US_ASCII));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Map<String, String> fields(String text) {
        Map<String, String> fields = new HashMap<>();
        for (String pair : text.split("&")) {
            String[] parts = pair.split("=", 2);
            fields.put(parts[0], URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
        }
        return fields;
    }

    private static Script json(int status, String body) {
        return Script.status(status, List.of("Content-Type: application/json"), body.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void close() {
        server.close();
    }
}
