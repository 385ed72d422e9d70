package dev.millrace.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.json.Json;
import dev.millrace.testkit.Program;
import dev.millrace.testkit.Program.Ended;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an operator does to keys and organizations from the command line, offline. */
class KeyCommandTest {
    @TempDir
    private Path data;

    @BeforeEach
    void init() {
        assertThat(admin("init").code()).isZero();
    }

    private Ended admin(String... words) {
        String[] all = new String[words.length + 3];
        all[0] = "admin";
        System.arraycopy(words, 0, all, 1, words.length);
        all[words.length + 1] = "--data";
        all[words.length + 2] = data.toString();
        return Program.run(all);
    }

    @Test
    void a_key_is_made_narrow_rotated_rested_suspended_and_revoked() {
        Ended made = admin(
                "key",
                "create",
                "--name",
                "ci",
                "--models",
                "sandbox/*",
                "--cap-day",
                "2.5",
                "--networks",
                "10.0.0.0/8");
        assertThat(made.err()).isEmpty();
        String id = made.out().strip().split("_")[1];
        assertThat(admin("key", "rotate", id, "--overlap", "60").out()).startsWith("mr_" + id + "_");
        assertThat(admin("key", "rest", id).out()).isEqualTo("resting " + id + "\n");
        assertThat(admin("key", "list").out()).contains("resting").contains("ci");
        assertThat(admin("key", "rest", id).code()).isEqualTo(1);
        assertThat(admin("key", "wake", id).out()).isEqualTo("active " + id + "\n");
        admin("key", "suspend", id, "--reason", "leaked");
        assertThat(admin("key", "list").out()).contains("suspended");
        admin("key", "resume", id);
        admin("key", "change", id, "--role", "viewer", "--cap-day", "none");
        assertThat(admin("key", "list").out()).contains("viewer");
        assertThat(admin("key", "revoke", id).out()).isEqualTo("revoked " + id + "\n");
        assertThat(admin("key", "list").out()).contains("revoked");
    }

    @Test
    void an_organization_is_suspended_and_resumed_but_never_the_operators_own() {
        Ended made = admin("org", "create", "Customer", "--json");
        String id = Json.readOwnObject(made.out()).path("organization").asString();
        assertThat(admin("org", "suspend", id, "--reason", "unpaid").out()).isEqualTo("suspended " + id + "\n");
        assertThat(admin("org", "suspend", id, "--reason", "unpaid").code()).isEqualTo(1);
        assertThat(admin("org", "resume", id).out()).isEqualTo("resumed " + id + "\n");
        String operator = admin("org", "list")
                .out()
                .lines()
                .filter(line -> line.endsWith("(operator)"))
                .findFirst()
                .orElseThrow()
                .split(" ")[0];
        assertThat(admin("org", "suspend", operator, "--reason", "x").code()).isEqualTo(2);
    }
}
