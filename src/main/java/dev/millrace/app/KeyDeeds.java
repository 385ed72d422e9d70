package dev.millrace.app;

import dev.millrace.access.KeyInfo;
import dev.millrace.access.Keyring;
import dev.millrace.access.NewKey;
import dev.millrace.access.Suspendable;
import dev.millrace.config.ConfigException;
import dev.millrace.db.Tx;
import dev.millrace.id.KeyId;
import dev.millrace.id.OrganizationId;
import dev.millrace.json.Json;
import dev.millrace.trail.Actor;
import java.io.IOException;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.ObjectNode;

/** What is done to one key, offline or through a running server. */
final class KeyDeeds {
    private KeyDeeds() {}

    /** Something that is done to one key. */
    abstract static class Deed extends Office implements Callable<Integer> {
        @Parameters(paramLabel = "KEY_ID", description = "The part between the underscores of mr_<id>_<secret>.")
        private @Nullable KeyId id;

        @Option(names = "--org", paramLabel = "ID", description = "Whose it is, for an operator's --key.")
        private @Nullable OrganizationId organization;

        @Mixin
        private Remote remote = new Remote();

        private final String past;
        private final String method;
        private final String path;

        Deed(String past, String method, String path) {
            this.past = past;
            this.method = method;
            this.path = path;
        }

        /** The body that the route takes; null for none. */
        @Nullable
        ObjectNode body() {
            return null;
        }

        /** Does it; empty when there was nothing to do, else what is printed behind the deed. */
        abstract Optional<String> done(Tx tx, KeyParts parts, KeyInfo key);

        @Override
        public final Integer call() throws IOException {
            KeyId key = Objects.requireNonNull(id);
            if (remote.chosen()) {
                ObjectNode answer = remote.send(method, "/api/v1/keys/" + key.text() + path, body(), organization);
                return said(key, answer.path("key").asString(""));
            }
            return installed(core -> {
                KeyParts parts = new KeyParts(core);
                Optional<KeyInfo> found = core.database()
                        .read(tx -> core.access()
                                .find(tx, key)
                                .flatMap(holder -> core.access().info(tx, holder.organization(), key)));
                Optional<String> done = found.flatMap(info -> core.database()
                        .writer()
                        .<Optional<String>>write(info.organization().text(), tx -> done(tx, parts, info)));
                return done.isEmpty()
                        ? refuse(ExitCode.BROKEN, "there is no such key, or it is so already: " + key)
                        : said(key, done.get());
            });
        }

        private int said(KeyId key, String more) {
            if (json()) {
                ObjectNode told = Json.object().put(past, key.text());
                out().println((more.isEmpty() ? told : told.put("key", more)).toString());
            } else {
                out().println(more.isEmpty() ? past + " " + key : more);
            }
            return ExitCode.OK;
        }

        static Optional<String> plain(boolean done) {
            return done ? Optional.of("") : Optional.empty();
        }
    }

    /** Ends a key. */
    @Command(name = "revoke", description = "Revoke a key, for good.", mixinStandardHelpOptions = true)
    static final class Revoke extends Deed {
        Revoke() {
            super("revoked", "DELETE", "");
        }

        @Override
        Optional<String> done(Tx tx, KeyParts parts, KeyInfo key) {
            Keyring keyring = parts.desk().keyring();
            return plain(keyring.revoke(tx, Actor.commandLine(), key.organization(), key.id()));
        }
    }

    /** Changes what a key may do. */
    @Command(name = "change", description = "Change what a key may do.", mixinStandardHelpOptions = true)
    static final class Change extends Deed {
        @Option(names = "--name", description = "What it is called from now on.")
        private @Nullable String name;

        @Mixin
        private KeyWish wish = new KeyWish();

        Change() {
            super("changed", "PATCH", "");
        }

        @Override
        ObjectNode body() {
            ObjectNode body = wish.body();
            return name == null ? body : body.put("name", name);
        }

        @Override
        Optional<String> done(Tx tx, KeyParts parts, KeyInfo key) {
            parts.desk().change(tx, Actor.commandLine(), key, body());
            return plain(true);
        }
    }

    /** Puts a key to rest. */
    @Command(name = "rest", description = "Put a key to rest, until it is woken.", mixinStandardHelpOptions = true)
    static final class Rest extends Deed {
        Rest() {
            super("resting", "PATCH", "");
        }

        @Override
        ObjectNode body() {
            return Json.object().put("disabled", true);
        }

        @Override
        Optional<String> done(Tx tx, KeyParts parts, KeyInfo key) {
            Keyring keyring = parts.desk().keyring();
            return plain(keyring.rest(tx, Actor.commandLine(), key.organization(), key.id(), true));
        }
    }

    /** Takes a resting key up again. */
    @Command(name = "wake", description = "Take a resting key up again.", mixinStandardHelpOptions = true)
    static final class Wake extends Deed {
        Wake() {
            super("active", "PATCH", "");
        }

        @Override
        ObjectNode body() {
            return Json.object().put("disabled", false);
        }

        @Override
        Optional<String> done(Tx tx, KeyParts parts, KeyInfo key) {
            Keyring keyring = parts.desk().keyring();
            return plain(keyring.rest(tx, Actor.commandLine(), key.organization(), key.id(), false));
        }
    }

    /** Gives a key a new secret. */
    @Command(
            name = "rotate",
            description = "Give a key a new secret, shown once; the one before works on for a while.",
            mixinStandardHelpOptions = true)
    static final class Rotate extends Deed {
        @Option(
                names = "--overlap",
                paramLabel = "SECONDS",
                description = "How long the secret of now works on (${DEFAULT-VALUE}).")
        private long overlap = Keyring.OVERLAP.toSeconds();

        Rotate() {
            super("rotated", "POST", "/rotate");
        }

        @Override
        ObjectNode body() {
            return Json.object().put("overlap_seconds", overlap);
        }

        @Override
        Optional<String> done(Tx tx, KeyParts parts, KeyInfo key) {
            if (overlap < 0 || overlap > Keyring.OVERLAP_MAX.toSeconds()) {
                throw new ConfigException(
                        "--overlap has 0 to " + Keyring.OVERLAP_MAX.toSeconds() + " seconds, not " + overlap);
            }
            return parts.desk()
                    .keyring()
                    .rotate(tx, Actor.commandLine(), key.organization(), key.id(), Duration.ofSeconds(overlap))
                    .map(NewKey::full);
        }
    }

    /** Ends the secrets before the last one. */
    @Command(
            name = "end-former",
            description = "End the secrets that a rotation left working, before their time.",
            mixinStandardHelpOptions = true)
    static final class EndFormer extends Deed {
        EndFormer() {
            super("ended the former secrets of", "DELETE", "/former");
        }

        @Override
        Optional<String> done(Tx tx, KeyParts parts, KeyInfo key) {
            return plain(parts.desk().keyring().endFormer(tx, Actor.commandLine(), key.organization(), key.id()));
        }
    }

    /** Suspends a key. */
    @Command(
            name = "suspend",
            description = "Suspend a key: its live answers end, its waiting jobs are canceled.",
            mixinStandardHelpOptions = true)
    static final class Suspend extends Deed {
        @Option(names = "--reason", required = true, description = "What whoever is turned away reads.")
        private String reason = "";

        Suspend() {
            super("suspended", "POST", "/suspend");
        }

        @Override
        ObjectNode body() {
            return Json.object().put("reason", reason);
        }

        @Override
        Optional<String> done(Tx tx, KeyParts parts, KeyInfo key) {
            return plain(parts.suspender()
                    .suspend(
                            tx,
                            Actor.commandLine(),
                            key.organization(),
                            new Suspendable.OfKey(key.id()),
                            reason,
                            true));
        }
    }

    /** Resumes a key. */
    @Command(name = "resume", description = "Resume a suspended key.", mixinStandardHelpOptions = true)
    static final class Resume extends Deed {
        Resume() {
            super("resumed", "POST", "/resume");
        }

        @Override
        Optional<String> done(Tx tx, KeyParts parts, KeyInfo key) {
            return plain(parts.suspender()
                    .resume(tx, Actor.commandLine(), key.organization(), new Suspendable.OfKey(key.id()), true));
        }
    }
}
