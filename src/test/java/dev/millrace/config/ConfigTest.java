package dev.millrace.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.money.Money;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigTest {
    /** What a room's settings look like. */
    public record DoorSettings(
            int port,
            long maxBodyBytes,
            boolean open,
            String name,
            Duration idleTimeout,
            Path folder,
            Money price,
            List<String> allow,
            List<Integer> ports,
            Mode mode,
            Secret pass) {
        public static final DoorSettings DEFAULTS = new DoorSettings(
                8080,
                1 << 20,
                true,
                "door",
                Duration.ofSeconds(30),
                Path.of("assets"),
                Money.usd("0.50"),
                List.of(),
                List.of(443),
                Mode.FAST_ONE,
                new Secret("open sesame"));

        public DoorSettings {
            if (port > 65_535) {
                throw new IllegalArgumentException("port must be at most 65535");
            }
        }
    }

    /** A choice. */
    public enum Mode {
        FAST_ONE,
        SLOW
    }

    @TempDir
    Path folder;

    @Test
    void nothing_set_gives_the_defaults() {
        Config config = config(Map.of());
        assertThat(config.bind("door", DoorSettings.class)).isEqualTo(DoorSettings.DEFAULTS);
        config.refuseUnknown(Set.of());
    }

    @Test
    void the_file_sets_every_type_in_snake_or_kebab_case() throws IOException {
        Path file = file("""
                door:
                  port: 9000
                  max-body-bytes: 16MB
                  open: no
                  name: "12.50"
                  idle_timeout: 1m30s
                  folder: /srv/assets
                  price: 12.50
                  allow: [127.0.0.0/8, "::1/128"]
                  ports: [80, 443]
                  mode: slow
                  pass: hush
                """);
        assertThat(Config.load(file, Map.of(), Map.of()).bind("door", DoorSettings.class))
                .isEqualTo(new DoorSettings(
                        9000,
                        16 << 20,
                        false,
                        "12.50",
                        Duration.ofSeconds(90),
                        Path.of("/srv/assets"),
                        Money.usd("12.50"),
                        List.of("127.0.0.0/8", "::1/128"),
                        List.of(80, 443),
                        Mode.SLOW,
                        new Secret("hush")));
    }

    @Test
    void the_command_line_wins_over_the_environment_and_that_over_the_file() throws IOException {
        Path file = file("door: {port: 1, name: file, mode: slow}");
        Config config = Config.load(
                file,
                Map.of("MILLRACE_DOOR_PORT", "2", "MILLRACE_DOOR_NAME", "environment", "MILLRACE_DOOR_ALLOW", "a, b"),
                Map.of("door.port", "--port=3"));
        DoorSettings settings = config.bind("door", DoorSettings.class);
        assertThat(settings.port()).isEqualTo(3);
        assertThat(settings.name()).isEqualTo("environment");
        assertThat(settings.allow()).containsExactly("a", "b");
        assertThat(settings.mode()).isEqualTo(Mode.SLOW);
        config.refuseUnknown(Set.of());
    }

    @Test
    void an_unknown_setting_names_what_was_meant() throws IOException {
        assertRefused(
                file("door: {prot: 1}"), "millrace.yaml: there is no setting door.prot; did you mean \"door.port\"?");
        assertRefused(file("dor: {port: 1}"), "millrace.yaml: there is no section dor; did you mean \"door\"?");
        assertRefused(file("door: 8080"), "millrace.yaml: door takes a group of settings, not a value");
        assertRefused(file("completely_else: {a: 1}"), "millrace.yaml: there is no section completely_else");
    }

    @Test
    void an_unknown_variable_names_what_was_meant() {
        Config config = config(Map.of("MILLRACE_DOOR_PROT", "1", "MILLRACE_HOME", "/x", "PATH", "/bin"));
        config.bind("door", DoorSettings.class);
        assertThatThrownBy(() -> config.refuseUnknown(Set.of("MILLRACE_HOME")))
                .isInstanceOf(ConfigException.class)
                .hasMessage("the environment sets MILLRACE_DOOR_PROT, which is no setting; did you mean"
                        + " \"MILLRACE_DOOR_PORT\"?");
    }

    @Test
    void a_value_that_does_not_fit_says_where_what_and_what_is_taken() throws IOException {
        assertRefused(file("door: {port: http}"), "millrace.yaml: door.port takes a whole number, not \"http\"");
        assertRefused(
                file("door: {idle-timeout: soon}"),
                "millrace.yaml: door.idle_timeout takes a duration such as 500ms, 30s, 5m, 2h or 7d, not \"soon\"");
        assertRefused(
                file("door: {mode: quick}"), "millrace.yaml: door.mode takes one of fast_one, slow, not \"quick\"");
        assertRefused(file("door: {port: [1, 2]}"), "millrace.yaml: door.port takes a whole number, not a list");
        assertRefused(file("door: {port: 70000}"), "door: port must be at most 65535");
        assertRefused(
                file("door: {port: 99999999999}"),
                "millrace.yaml: door.port takes a whole number, not \"99999999999\"");
        assertThatThrownBy(() -> config(Map.of("MILLRACE_DOOR_PRICE", "cheap")).bind("door", DoorSettings.class))
                .hasMessage("MILLRACE_DOOR_PRICE takes an amount in dollars such as 12.50, not \"cheap\"");
    }

    @Test
    void a_broken_file_is_one_line_that_quotes_nothing() throws IOException {
        assertRefused(file("door: {pass: hush"), "millrace.yaml: not valid YAML at line 1, column 18");
        assertRefused(file("door: {port: 1, port: 2}"), "millrace.yaml: not valid YAML at line 1, column 17");
        assertRefused(file("door: {port: 1}\nDoor: {port: 2}"), "millrace.yaml: door.port is set twice");
        assertThatThrownBy(() -> Config.load(folder.resolve("none.yaml"), Map.of(), Map.of()))
                .isInstanceOf(ConfigException.class)
                .hasMessageStartingWith("there is no settings file ");
    }

    @Test
    void an_empty_file_and_an_empty_variable_set_nothing() throws IOException {
        Config config = Config.load(file("# nothing\n"), Map.of("MILLRACE_DOOR_PORT", ""), Map.of());
        assertThat(config.bind("door", DoorSettings.class)).isEqualTo(DoorSettings.DEFAULTS);
        config.refuseUnknown(Set.of());
    }

    @Test
    void a_secret_is_never_shown() {
        DoorSettings settings = config(Map.of("MILLRACE_DOOR_PASS", "hush")).bind("door", DoorSettings.class);
        assertThat(settings.pass().reveal()).isEqualTo("hush");
        assertThat(settings.toString()).doesNotContain("hush").contains("***");
        assertThat(config(Map.of())).satisfies(config -> {
            config.bind("door", DoorSettings.class);
            assertThat(config.known())
                    .filteredOn(Setting::secret)
                    .allMatch(setting -> setting.fallbackText().isEmpty());
        });
    }

    private static Config config(Map<String, String> environment) {
        return Config.load(null, environment, Map.of());
    }

    private Path file(String text) throws IOException {
        return Files.writeString(folder.resolve("millrace.yaml"), text);
    }

    private static void assertRefused(Path file, String line) {
        assertThatThrownBy(() -> {
                    Config config = Config.load(file, Map.of(), Map.of());
                    config.bind("door", DoorSettings.class);
                    config.refuseUnknown(Set.of());
                })
                .isInstanceOf(ConfigException.class)
                .hasMessage(line);
    }
}
