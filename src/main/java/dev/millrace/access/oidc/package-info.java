/**
 * Signing in through an identity provider (OpenID Connect Core 1.0, authorization code with PKCE). Invariant: a person is found by issuer and subject,
 * and first by an address that both sides hold to be verified; a sign-in that was begun comes back once, in the browser that began it. Every
 * request goes through egress: the library builds and reads them, and sends none.
 */
@NullMarked
package dev.millrace.access.oidc;

import org.jspecify.annotations.NullMarked;
