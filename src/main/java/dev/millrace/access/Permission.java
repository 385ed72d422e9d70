package dev.millrace.access;

import java.util.Locale;

/**
 * One thing that somebody may be allowed to do in an organization. Which role may do it says {@link Role}, and nothing
 * else does; every route names the one that it needs.
 */
public enum Permission {
    READ_MODELS("list models, presets and prices"),
    USE_MODELS("ask models for something, upload inputs, cancel what runs; all that is held and charged"),
    READ_JOBS("see jobs, their results and files"),
    READ_USAGE("see usage, charges and what explains them"),
    READ_BILLING("see the balance, its movements, statements and invoices"),
    MANAGE_BILLING("top up, redeem codes, set caps and automatic top-ups of the organization"),
    READ_KEYS("list keys"),
    MANAGE_OWN_KEYS("make, change, rotate and revoke keys of one's own"),
    MANAGE_KEYS("make, change, rotate, rest and revoke every key of the organization, with its caps and limits"),
    READ_WEBHOOKS("see webhook endpoints, deliveries and what was sent"),
    MANAGE_WEBHOOKS("set webhook endpoints, send deliveries again, change signing secrets"),
    READ_ORGANIZATION("see the organization, its settings and limits"),
    MANAGE_ORGANIZATION("rename the organization, set its time zone and retention, erase results"),
    /** What can't be taken back, or shows all there is. */
    ERASE_ORGANIZATION("export and erase the whole of an organization or of a person in it"),
    READ_MEMBERS("list members and invitations"),
    MANAGE_MEMBERS("invite, change roles, set caps of members, remove them"),
    READ_AUDIT("read and export the audit log"),
    /** Held by a role, and only of use in the organization that runs the installation. */
    OPERATE("run the installation: make, fund, suspend and limit other organizations");

    private final String meaning;

    Permission(String meaning) {
        this.meaning = meaning;
    }

    /** What it allows, in words for people, without a full stop. */
    public String meaning() {
        return meaning;
    }

    /** Whether it only looks, so that a key for reading alone keeps it. */
    public boolean reads() {
        return name().startsWith("READ_");
    }

    /** The name on the wire and in the docs, like {@code manage_keys}. */
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }
}
