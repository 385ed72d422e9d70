package dev.millrace.access.oidc;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWT;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import dev.millrace.access.Unauthenticated;
import java.text.ParseException;
import java.time.InstantSource;
import java.util.Date;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Believes an ID token, or does not (OpenID Connect Core 1.0, section 3.1.3.7). Safe for all threads. */
final class IdTokens {
    private static final Logger LOG = LoggerFactory.getLogger(IdTokens.class);

    /** Signatures by the provider's own keys: neither {@code none}, nor one with a secret that we have as well. */
    private static final Set<JWSAlgorithm> ALGORITHMS = Set.of(
            JWSAlgorithm.RS256,
            JWSAlgorithm.RS384,
            JWSAlgorithm.RS512,
            JWSAlgorithm.PS256,
            JWSAlgorithm.PS384,
            JWSAlgorithm.PS512,
            JWSAlgorithm.ES256,
            JWSAlgorithm.ES384,
            JWSAlgorithm.ES512);

    private static final Set<String> NEEDED = Set.of("sub", "iat", "exp");
    private static final int SUBJECT_MAX = 255;

    private final Issuer issuer;
    private final String name;
    private final String client;
    private final InstantSource clock;

    IdTokens(OidcSettings settings, Issuer issuer, InstantSource clock) {
        this.issuer = issuer;
        this.name = String.valueOf(settings.issuer());
        this.client = Objects.requireNonNull(settings.clientId());
        this.clock = clock;
    }

    /**
     * What the token says.
     *
     * @throws dev.millrace.problem.ProblemException {@code UNAUTHENTICATED} when it is not to be believed
     */
    JWTClaimsSet claims(JWT token, String nonce) {
        DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();
        JWKSource<SecurityContext> source = (selector, context) -> select(selector);
        processor.setJWSKeySelector(new JWSVerificationKeySelector<>(ALGORITHMS, source));
        processor.setJWTClaimsSetVerifier(new Expected(nonce));
        try {
            JWTClaimsSet claims = processor.process(token, null);
            String party = claims.getStringClaim("azp");
            boolean others = claims.getAudience().size() > 1;
            if ((others || party != null) && !client.equals(party)
                    || claims.getSubject().length() > SUBJECT_MAX) {
                throw Unauthenticated.OIDC_TOKEN.exception();
            }
            return claims;
        } catch (BadJOSEException | JOSEException | ParseException e) {
            // its message may hold claims
            LOG.info("an id token was not believed: {}", e.getClass().getSimpleName());
            throw Unauthenticated.OIDC_TOKEN.exception();
        }
    }

    /** The keys that may have signed; a provider that has changed its keys since is asked for them once. */
    private List<JWK> select(JWKSelector selector) {
        List<JWK> known = selector.select(issuer.keys(false));
        return known.isEmpty() ? selector.select(issuer.keys(true)) : known;
    }

    /** By our clock, for us, from the issuer, and in answer to what we asked. */
    private final class Expected extends DefaultJWTClaimsVerifier<SecurityContext> {
        Expected(String nonce) {
            super(
                    Set.of(client),
                    new JWTClaimsSet.Builder()
                            .issuer(name)
                            .claim("nonce", nonce)
                            .build(),
                    NEEDED,
                    Set.of());
        }

        @Override
        protected Date currentTime() {
            return Date.from(clock.instant());
        }
    }
}
