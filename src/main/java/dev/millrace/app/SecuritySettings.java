package dev.millrace.app;

import dev.millrace.config.Secret;
import org.jspecify.annotations.Nullable;

/**
 * Settings of what is sealed, section {@code security}.
 *
 * @param masterKey 64 hexadecimal digits under which prompts, parameters and webhook secrets are sealed; without it the
 *     file {@code master.key} in the data directory holds them. All nodes of one database share one
 */
public record SecuritySettings(@Nullable Secret masterKey) {
    public static final SecuritySettings DEFAULTS = new SecuritySettings(null);
}
