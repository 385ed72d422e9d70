package dev.millrace.access.oidc;

import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.openid.connect.sdk.claims.UserInfo;
import dev.millrace.access.people.Email;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Who somebody is at the provider.
 *
 * @param email the address that the provider has verified; null where it names none, or has not
 * @param name what he is called there; empty where it says nothing
 */
record Identity(String issuer, String subject, @Nullable Email email, String name) {
    private static final int NAME_MAX = 100;

    static Identity of(String issuer, JWTClaimsSet claims) {
        return new Identity(
                issuer,
                claims.getSubject(),
                address(claims.getClaim("email"), claims.getClaim("email_verified")),
                said(claims.getClaim("name")));
    }

    /** The same one, with what the provider tells beside the token. */
    Identity and(UserInfo info) {
        return new Identity(
                issuer,
                subject,
                email == null ? address(info.getEmailAddress(), info.getEmailVerified()) : email,
                name.isEmpty() ? said(info.getName()) : name);
    }

    /** What to call him: his name there, or what stands before the at sign. */
    String called(Email address) {
        String called =
                name.isBlank() ? address.text().substring(0, address.text().indexOf('@')) : name.strip();
        return called.length() <= NAME_MAX
                ? called
                : called.substring(0, NAME_MAX).strip();
    }

    /** Some providers write the truth as a text. */
    private static @Nullable Email address(@Nullable Object text, @Nullable Object verified) {
        return text instanceof String address && "true".equals(String.valueOf(verified))
                ? Email.parse(address).orElse(null)
                : null;
    }

    private static String said(@Nullable Object name) {
        return Optional.ofNullable(name)
                .map(text -> text.toString().replaceAll("\\p{Cntrl}", " ").strip())
                .orElse("");
    }
}
