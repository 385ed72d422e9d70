package dev.millrace.api.millrace.keys;

import dev.millrace.access.Caller;
import dev.millrace.access.Environment;
import dev.millrace.access.KeyScopes;
import dev.millrace.access.KeySpec;
import dev.millrace.access.Permission;
import dev.millrace.access.Role;
import dev.millrace.address.Network;
import dev.millrace.api.millrace.Fields;
import dev.millrace.api.millrace.openapi.Form;
import dev.millrace.id.MemberId;
import dev.millrace.meter.Modality;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What the bodies of keys say about the key itself: OpenRouter's names, and ours beside them. */
final class KeyForm {
    static final Form CHANGE = shared(Form.object().takes("name", "string", "1 to 100 letters."));

    static final Form CREATE = shared(Form.object().needs("name", "string", "1 to 100 letters."))
            .takes(
                    "environment",
                    "string",
                    "live, or test for the sandbox alone; as the caller's where it is not said.")
            .takes("external", "object", "Taken for OpenRouter's clients, and not used.")
            .takes("creator_user_id", "string", "The member who answers for it; member_id is the same.")
            .takes("workspace_id", "string", "Taken for OpenRouter's clients, and not used.");

    private static final Instant LAST = Instant.parse("9999-12-31T23:59:59Z");
    private static final Set<String> SCOPES = Set.of("dialects", "models", "modalities", "read_only");

    private KeyForm() {}

    private static Form shared(Form form) {
        return form.takes(
                        "limit",
                        "number",
                        "What it may spend, in dollars, in a period that limit_reset says; null for no limit.")
                .takes("limit_reset", "string", "daily, weekly or monthly; null for never.")
                .takes("caps", "object", "day_usd, week_usd, month_usd and total_usd, as texts; null takes one away.")
                .takes("disabled", "boolean", "Whether it rests.")
                .takes("include_byok_in_limit", "boolean", "Taken for OpenRouter's clients, and not used.")
                .takes("expires_at", "string", "A time, from which on it is refused; null for never.")
                .takes("role", "string", "owner, admin, developer, billing or viewer; developer where it is not said.")
                .takes("member_id", "string", "The member who answers for it.")
                .takes("scopes", "object", "dialects, models (* for any letters), modalities and read_only.")
                .takes("networks", "string[]", "CIDR networks from which it may be used; empty for anywhere.");
    }

    /** The key that a body asks for. */
    static KeySpec made(Fields body, Caller caller, Instant now) {
        String environment = body.textOrNull("environment");
        KeySpec plain = KeySpec.of(
                        named(body.text("name")),
                        environment == null ? caller.environment() : environment(environment),
                        Role.DEVELOPER)
                // Whoever may make keys of nobody may leave it open whose it is.
                .ownedBy(caller.may(Permission.MANAGE_KEYS) && caller.person() == null ? null : caller.member());
        return changed(plain, body, now);
    }

    /** The key that there is, with what the body says changed. */
    static KeySpec changed(KeySpec spec, Fields body, Instant now) {
        KeySpec changed = spec;
        if (body.has("name")) {
            changed = changed.named(named(body.text("name")));
        }
        if (body.has("role")) {
            changed = changed.withRole(Role.parse(body.text("role"))
                    .orElseThrow(
                            () -> Fields.wrong("role", "enum", "must be owner, admin, developer, billing or viewer.")));
        }
        for (String name : List.of("member_id", "creator_user_id")) {
            if (body.has(name)) {
                changed = changed.ownedBy(MemberId.parse(body.text(name))
                        .orElseThrow(() -> Fields.wrong(name, "format", "must be the id of a member.")));
            }
        }
        if (body.object().has("scopes")) {
            changed = changed.within(scopes(new Fields(body.objectOrEmpty("scopes"), "scopes")));
        }
        if (body.object().has("networks")) {
            changed = changed.from(listOf(body, "networks", Network::parse));
        }
        if (body.object().has("expires_at")) {
            changed = changed.until(moment(body.textOrNull("expires_at"), now));
        }
        return changed;
    }

    private static String named(String name) {
        return read(
                "name",
                name,
                text -> KeySpec.of(text, Environment.TEST, Role.VIEWER).name());
    }

    private static Environment environment(String text) {
        return switch (text) {
            case "live" -> Environment.LIVE;
            case "test" -> Environment.TEST;
            default -> throw Fields.wrong("environment", "enum", "must be live or test.");
        };
    }

    private static KeyScopes scopes(Fields body) {
        Fields known = body.only(SCOPES, "");
        return read(
                "scopes",
                known,
                given -> new KeyScopes(
                        new HashSet<>(listOf(given, "dialects", text -> text)),
                        listOf(given, "models", text -> text),
                        new HashSet<>(listOf(
                                given,
                                "modalities",
                                text -> Modality.parse(text)
                                        .orElseThrow(
                                                () -> new IllegalArgumentException("must be " + Modality.choices())))),
                        given.flag("read_only")));
    }

    private static @Nullable Instant moment(@Nullable String text, Instant now) {
        if (text == null) {
            return null;
        }
        try {
            Instant moment = OffsetDateTime.parse(text.toUpperCase(Locale.ROOT)).toInstant();
            if (moment.isAfter(LAST)) {
                throw Fields.wrong("expires_at", "maximum", "must be before the year 10000; null is for never.");
            }
            if (moment.isAfter(now)) {
                return moment;
            }
        } catch (DateTimeException e) {
            throw Fields.wrong("expires_at", "format", "must be a time such as 2030-01-31T00:00:00Z.");
        }
        throw Fields.wrong("expires_at", "minimum", "must lie ahead.");
    }

    private static <T> List<T> listOf(Fields body, String name, Function<String, T> read) {
        ObjectNode object = body.object();
        JsonNode value = object.get(name);
        if (value == null || value.isNull()) {
            return List.of();
        }
        if (!value.isArray() || value.size() > KeyScopes.ENTRIES_MAX) {
            throw Fields.wrong(body.at(name), "type", "must be a list of at most " + KeyScopes.ENTRIES_MAX + " texts.");
        }
        return StreamSupport.stream(value.spliterator(), false)
                .map(entry -> {
                    if (!entry.isString()) {
                        throw Fields.wrong(body.at(name), "type", "must be a list of texts.");
                    }
                    return read(body.at(name), entry.stringValue(), read);
                })
                .toList();
    }

    private static <A, T> T read(String field, A given, Function<A, T> read) {
        try {
            return read.apply(given);
        } catch (IllegalArgumentException e) {
            throw Fields.wrong(field, "format", String.valueOf(e.getMessage()) + ".");
        }
    }
}
