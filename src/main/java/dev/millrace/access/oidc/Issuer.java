package dev.millrace.access.oidc;

import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.JWT;
import com.nimbusds.oauth2.sdk.AuthorizationCode;
import com.nimbusds.oauth2.sdk.AuthorizationCodeGrant;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.TokenRequest;
import com.nimbusds.oauth2.sdk.auth.ClientAuthentication;
import com.nimbusds.oauth2.sdk.auth.ClientAuthenticationMethod;
import com.nimbusds.oauth2.sdk.auth.ClientSecretBasic;
import com.nimbusds.oauth2.sdk.auth.ClientSecretPost;
import com.nimbusds.oauth2.sdk.http.HTTPRequest;
import com.nimbusds.oauth2.sdk.http.HTTPResponse;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import com.nimbusds.oauth2.sdk.token.AccessToken;
import com.nimbusds.openid.connect.sdk.OIDCTokenResponse;
import com.nimbusds.openid.connect.sdk.UserInfoRequest;
import com.nimbusds.openid.connect.sdk.UserInfoResponse;
import com.nimbusds.openid.connect.sdk.claims.UserInfo;
import com.nimbusds.openid.connect.sdk.op.OIDCProviderMetadata;
import dev.millrace.access.Unauthenticated;
import dev.millrace.config.Secret;
import dev.millrace.egress.Egress;
import dev.millrace.problem.Problem;
import dev.millrace.problem.ProblemCode;
import dev.millrace.problem.ProblemException;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks the identity provider: what it offers, what its keys are, and who a code stands for. Safe for all threads. */
final class Issuer {
    private static final Logger LOG = LoggerFactory.getLogger(Issuer.class);
    private static final Duration FRESH = Duration.ofHours(1);
    private static final Duration COME_BACK = Duration.ofSeconds(10);
    private static final int SERVER_ERROR = 500;

    private final OidcSettings settings;
    private final String name;
    private final ClientID client;
    private final URI redirect;
    private final EgressSender sender;
    private final InstantSource clock;
    private volatile @Nullable Known<OIDCProviderMetadata> metadata;
    private volatile @Nullable Known<JWKSet> keys;

    /** @param redirect where the provider sends people back to */
    Issuer(OidcSettings settings, URI redirect, Egress egress, InstantSource clock) {
        this.settings = settings;
        this.name = String.valueOf(settings.issuer());
        this.client = new ClientID(Objects.requireNonNull(settings.clientId()));
        this.redirect = redirect;
        this.sender = new EgressSender(egress, settings.timeout());
        this.clock = clock;
    }

    /** What was asked once, and until when that is fresh. */
    private record Known<T>(T what, Instant until) {}

    /** What a code was given for. */
    record Tokens(JWT id, AccessToken access) {}

    /** Reads what was sent, and may find that it is not what it should be. */
    private interface Reading<T> {
        T read(HTTPResponse response) throws ParseException, java.text.ParseException;
    }

    /** What the provider says of itself (OpenID Connect Discovery 1.0, section 4). */
    OIDCProviderMetadata metadata() {
        Known<OIDCProviderMetadata> known = metadata;
        if (known != null && known.until().isAfter(clock.instant())) {
            return known.what();
        }
        URI at = URI.create(name.replaceAll("/+$", "") + "/.well-known/openid-configuration");
        OIDCProviderMetadata asked = ask(new HTTPRequest(HTTPRequest.Method.GET, at), response -> {
            response.ensureStatusCode(HTTPResponse.SC_OK);
            return OIDCProviderMetadata.parse(response.getBody());
        });
        List<@Nullable URI> ends = java.util.Arrays.asList(
                asked.getAuthorizationEndpointURI(), asked.getTokenEndpointURI(), asked.getJWKSetURI());
        if (!asked.getIssuer().getValue().equals(name)
                || ends.stream().anyMatch(end -> end == null || !OidcSettings.safe(end))) {
            throw broken("its discovery document names another issuer, or an address without https");
        }
        metadata = new Known<>(asked, clock.instant().plus(FRESH));
        return asked;
    }

    /** @param anew whether a key was looked for that is not among those that are known */
    JWKSet keys(boolean anew) {
        Known<JWKSet> known = keys;
        if (!anew && known != null && known.until().isAfter(clock.instant())) {
            return known.what();
        }
        JWKSet asked = ask(new HTTPRequest(HTTPRequest.Method.GET, metadata().getJWKSetURI()), response -> {
            response.ensureStatusCode(HTTPResponse.SC_OK);
            return JWKSet.parse(response.getBody());
        });
        keys = new Known<>(asked, clock.instant().plus(FRESH));
        return asked;
    }

    /**
     * Gives a code for what it stands for.
     *
     * @throws ProblemException {@code UNAUTHENTICATED} when the provider does not take the code; {@code UNAVAILABLE} with Retry-After
     */
    Tokens exchange(String code, String verifier) {
        AuthorizationCodeGrant grant =
                new AuthorizationCodeGrant(new AuthorizationCode(code), redirect, new CodeVerifier(verifier));
        URI end = metadata().getTokenEndpointURI();
        ClientAuthentication proof = proof();
        TokenRequest.Builder request = proof == null
                ? new TokenRequest.Builder(end, client, grant)
                : new TokenRequest.Builder(end, proof, grant);
        OIDCTokenResponse answer = ask(request.build().toHTTPRequest(), response -> {
            if (!response.indicatesSuccess()) {
                LOG.info("the identity provider refused a code: HTTP {}", response.getStatusCode());
                throw Unauthenticated.OIDC_TOKEN.exception();
            }
            return OIDCTokenResponse.parse(response);
        });
        return new Tokens(
                answer.getOIDCTokens().getIDToken(), answer.getOIDCTokens().getAccessToken());
    }

    /** What the provider tells of whom the token stands for; empty where it tells nothing. */
    Optional<UserInfo> userInfo(AccessToken token) {
        URI end = metadata().getUserInfoEndpointURI();
        if (end == null || !OidcSettings.safe(end)) {
            return Optional.empty();
        }
        return ask(new UserInfoRequest(end, token).toHTTPRequest(), response -> {
            try {
                UserInfoResponse answer = UserInfoResponse.parse(response);
                return answer.indicatesSuccess()
                        ? Optional.ofNullable(answer.toSuccessResponse().getUserInfo())
                        : Optional.empty();
            } catch (ParseException e) {
                return Optional.empty(); // what it tells beside the token is not needed to believe the token
            }
        });
    }

    private @Nullable ClientAuthentication proof() {
        Secret secret = settings.clientSecret();
        if (secret == null) {
            return null;
        }
        var plain = new com.nimbusds.oauth2.sdk.auth.Secret(secret.reveal());
        List<ClientAuthenticationMethod> ways = metadata().getTokenEndpointAuthMethods();
        boolean post = ways != null
                && ways.contains(ClientAuthenticationMethod.CLIENT_SECRET_POST)
                && !ways.contains(ClientAuthenticationMethod.CLIENT_SECRET_BASIC);
        return post ? new ClientSecretPost(client, plain) : new ClientSecretBasic(client, plain);
    }

    private <T> T ask(HTTPRequest request, Reading<T> reading) {
        HTTPResponse response;
        try {
            response = request.send(sender);
        } catch (IOException e) {
            throw broken("no answer");
        }
        if (response.getStatusCode() >= SERVER_ERROR) {
            throw broken("HTTP " + response.getStatusCode());
        }
        try {
            return reading.read(response);
        } catch (ParseException | java.text.ParseException e) {
            throw broken("an answer that is none of OpenID Connect");
        }
    }

    private static ProblemException broken(String what) {
        LOG.warn("the identity provider can not be used: {}", what);
        return Problem.of(ProblemCode.UNAVAILABLE, "The identity provider does not answer as it should: " + what + ".")
                .withRetryAfter(COME_BACK)
                .toException();
    }
}
