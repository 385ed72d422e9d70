package dev.millrace.access;

import dev.millrace.address.Network;
import dev.millrace.db.Row;
import dev.millrace.id.KeyId;
import dev.millrace.id.MemberId;
import dev.millrace.id.OrganizationId;
import dev.millrace.meter.Modality;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads and writes what the row of a key says about it; a list is one text, and none is null. */
final class KeyColumns {
    private KeyColumns() {}

    static KeyInfo info(Row row, Instant now) {
        KeySpec spec = spec(row);
        Instant revokedAt = row.instantOrNull("revoked_at");
        boolean resting = row.flag("inactive");
        Instant formerUntil = row.instantOrNull("former_until");
        boolean suspended = row.textOrNull("key_reason") != null
                || row.textOrNull("member_reason") != null
                || row.textOrNull("organization_reason") != null;
        return new KeyInfo(
                new KeyId(row.text("id")),
                new OrganizationId(row.uuid("organization")),
                spec,
                row.text("last_four"),
                row.instant("created_at"),
                row.instantOrNull("updated_at"),
                revokedAt,
                resting,
                formerUntil == null || !formerUntil.isAfter(now)
                        ? null
                        : new KeyInfo.Former(row.text("former_last_four"), formerUntil),
                state(revokedAt != null, suspended, resting, expired(spec, now)));
    }

    static KeySpec spec(Row row) {
        String member = row.textOrNull("member");
        return new KeySpec(
                row.text("name"),
                Environment.valueOf(row.text("environment").toUpperCase(Locale.ROOT)),
                Role.valueOf(row.text("role").toUpperCase(Locale.ROOT)),
                member == null ? null : MemberId.parse(member).orElseThrow(),
                scopes(row),
                list(row.textOrNull("networks"), Network::parse),
                row.instantOrNull("expires_at"));
    }

    static boolean expired(KeySpec spec, Instant now) {
        Instant end = spec.expiresAt();
        return end != null && !end.isAfter(now);
    }

    static @Nullable String dialects(KeyScopes scopes) {
        return text(scopes.dialects(), dialect -> dialect);
    }

    static @Nullable String models(KeyScopes scopes) {
        return text(scopes.models(), model -> model);
    }

    static @Nullable String modalities(KeyScopes scopes) {
        return text(scopes.modalities(), Modality::wire);
    }

    static @Nullable String networks(KeySpec spec) {
        return text(spec.networks(), Network::toString);
    }

    private static KeyScopes scopes(Row row) {
        return new KeyScopes(
                Set.copyOf(list(row.textOrNull("scope_dialects"), dialect -> dialect)),
                list(row.textOrNull("scope_models"), model -> model),
                Set.copyOf(list(
                        row.textOrNull("scope_modalities"),
                        modality -> Modality.parse(modality).orElseThrow())),
                row.flag("read_only"));
    }

    private static KeyState state(boolean revoked, boolean suspended, boolean resting, boolean expired) {
        if (revoked) {
            return KeyState.REVOKED;
        }
        if (suspended) {
            return KeyState.SUSPENDED;
        }
        if (expired) {
            return KeyState.EXPIRED;
        }
        return resting ? KeyState.RESTING : KeyState.ACTIVE;
    }

    private static <T> @Nullable String text(Collection<T> entries, Function<T, String> wire) {
        return entries.isEmpty() ? null : entries.stream().map(wire).sorted().collect(Collectors.joining(" "));
    }

    private static <T> List<T> list(@Nullable String text, Function<String, T> read) {
        return text == null
                ? List.of()
                : Arrays.stream(text.split(" ")).map(read).toList();
    }
}
