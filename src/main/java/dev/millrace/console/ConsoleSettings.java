package dev.millrace.console;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * What the console says about who runs this installation. Every page leads to these addresses.
 *
 * @param name what the installation is called, in the head of every page
 * @param supportEmail where customers write for help
 * @param supportUrl where customers find help, such as a help desk
 * @param termsUrl the terms of use
 * @param privacyUrl the privacy notice
 * @param privacyEmail where people ask what is stored about them, or to have it erased
 * @param legalUrl who is responsible: the imprint
 */
public record ConsoleSettings(
        String name,
        @Nullable String supportEmail,
        @Nullable URI supportUrl,
        @Nullable URI termsUrl,
        @Nullable URI privacyUrl,
        @Nullable String privacyEmail,
        @Nullable URI legalUrl) {
    public static final ConsoleSettings DEFAULTS = new ConsoleSettings("Millrace", null, null, null, null, null, null);
    private static final int NAME_MAX = 40;

    public ConsoleSettings {
        if (name.isBlank() || name.length() > NAME_MAX) {
            throw new IllegalArgumentException("name must have 1 to " + NAME_MAX + " characters");
        }
        address("support_email", supportEmail);
        address("privacy_email", privacyEmail);
        page("support_url", supportUrl);
        page("terms_url", termsUrl);
        page("privacy_url", privacyUrl);
        page("legal_url", legalUrl);
    }

    private static void address(String setting, @Nullable String email) {
        if (email != null && !email.matches("[^\\s@<>\"?&]+@[^\\s@<>\"?&]+")) {
            throw new IllegalArgumentException(setting + " must be an address such as help@example.com");
        }
    }

    private static void page(String setting, @Nullable URI link) {
        if (link != null && !"https".equals(link.getScheme()) && !"http".equals(link.getScheme())) {
            throw new IllegalArgumentException(setting + " must be a link that starts with https://");
        }
    }
}
