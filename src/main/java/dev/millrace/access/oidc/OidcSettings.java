package dev.millrace.access.oidc;

import dev.millrace.access.Role;
import dev.millrace.access.people.PeopleSettings.SignUpPolicy;
import dev.millrace.config.Secret;
import dev.millrace.id.OrganizationId;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Signing in through an identity provider, section {@code oidc}.
 *
 * @param issuer the provider, to the letter as it names itself; not set offers no such way in
 * @param clientId what this installation is called there
 * @param clientSecret what it proves itself with there; not set is a public client, which has PKCE alone
 * @param scopes what is asked for; {@code openid} always is
 * @param displayName what the button says behind "Sign in with"
 * @param emailDomains the only domains whose addresses are let in this way; none lets all in
 * @param signUp {@code open} makes people of those whom nobody knows yet; {@code closed} takes an invitation
 * @param joinOrganization the organization, by its id, that newcomers join; not set gives each one of his own
 * @param joinRole what they are there
 * @param redirectUrl where the provider sends people back to; not set is {@code /console/oidc/callback} at {@code server.public_url}
 * @param timeout how long one call to the provider may take
 * @param life how long somebody may take from the button until he is back
 */
public record OidcSettings(
        @Nullable URI issuer,
        @Nullable String clientId,
        @Nullable Secret clientSecret,
        List<String> scopes,
        String displayName,
        List<String> emailDomains,
        SignUpPolicy signUp,
        @Nullable String joinOrganization,
        Role joinRole,
        @Nullable URI redirectUrl,
        Duration timeout,
        Duration life) {
    public static final OidcSettings DEFAULTS = new OidcSettings(
            null,
            null,
            null,
            List.of("openid", "email", "profile"),
            "single sign-on",
            List.of(),
            SignUpPolicy.CLOSED,
            null,
            Role.DEVELOPER,
            null,
            Duration.ofSeconds(10),
            Duration.ofMinutes(10));

    public OidcSettings {
        scopes = List.copyOf(scopes);
        emailDomains = emailDomains.stream()
                .map(domain -> domain.toLowerCase(Locale.ROOT))
                .toList();
        if (issuer != null && !safe(issuer)) {
            throw new IllegalArgumentException("issuer must begin with https://; http is for this machine alone");
        }
        if (issuer != null && (clientId == null || clientId.isBlank())) {
            throw new IllegalArgumentException("client_id is needed where issuer is set");
        }
        if (joinOrganization != null && OrganizationId.parse(joinOrganization).isEmpty()) {
            throw new IllegalArgumentException("join_organization must be the id of an organization");
        }
        if (!timeout.isPositive() || !life.isPositive()) {
            throw new IllegalArgumentException("timeout and life must be more than nothing");
        }
    }

    /** Whether people may sign in this way. */
    public boolean on() {
        return issuer != null;
    }

    /** Whether what is sent there can be read on no way: it is encrypted, or does not leave this machine. */
    static boolean safe(URI url) {
        String host = String.valueOf(url.getHost());
        boolean here = host.equals("localhost") || host.equals("[::1]") || host.startsWith("127.");
        return "https".equals(url.getScheme()) || here && "http".equals(url.getScheme());
    }
}
