package dev.millrace.moderation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.id.IdSource;
import dev.millrace.id.OrganizationId;
import dev.millrace.testkit.Await;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ModerationTest {
    private static final IdSource IDS = new IdSource(InstantSource.system(), new SecureRandom());
    private static final Duration OFTEN = Duration.ofMillis(5);

    @TempDir
    Path folder;

    private final OrganizationId organization = IDS.organization();

    private Moderation rules(String yaml) throws IOException {
        Path file = Files.writeString(folder.resolve("rules.yaml"), yaml);
        return Moderation.open(new ModerationSettings(file, false, OFTEN), new SimpleMeterRegistry());
    }

    private Optional<String> verdict(Moderation moderation, String policy, String... texts) {
        return moderation.verdict(organization, policy, List.of(texts));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a dragon",
                "A DRAGON!",
                "a dra\u200bgon",
                "ｄｒａｇｏｎ",
                "drágón",
                "the\ndragon\tsleeps",
                "a red-hot chili pepper",
                "Red   hot CHILI",
                "一条龙在飞"
            })
    void a_word_is_found_however_it_is_written(String text) throws IOException {
        try (Moderation moderation = rules("rules: [{code: beasts, words: [Dragon, red hot chili, 龙]}]")) {
            assertThat(verdict(moderation, "standard", "a cat", text)).contains("beasts");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"dragonfly", "snapdragons", "a cat", "", "red chili hot"})
    void a_part_of_a_word_is_none(String text) throws IOException {
        try (Moderation moderation = rules("rules: [{code: beasts, words: [dragon, red hot chili]}]")) {
            assertThat(verdict(moderation, "standard", text)).isEmpty();
        }
    }

    @Test
    void a_rule_holds_under_its_policies_and_for_its_organizations() throws IOException {
        try (Moderation moderation = rules("""
                organizations:
                  %s: "off"
                  %s: strict
                rules:
                  - {code: always, policies: [strict, standard, "off"], words: [one]}
                  - {code: usual, patterns: ['tw[o0]']}
                  - {code: hard, policies: [strict], words: [three]}
                  - {code: ours, organizations: [%s], words: [four]}
                """.formatted(IDS.organization(), IDS.organization(), organization))) {
            assertThat(verdict(moderation, "off", "one two three")).contains("always");
            assertThat(verdict(moderation, "off", "two three four")).isEmpty();
            assertThat(verdict(moderation, "standard", "TW0 three")).contains("usual");
            assertThat(verdict(moderation, "standard", "three")).isEmpty();
            assertThat(verdict(moderation, "strict", "three")).contains("hard");
            assertThat(verdict(moderation, "standard", "four")).contains("ours");
            assertThat(moderation.verdict(IDS.organization(), "standard", List.of("four")))
                    .isEmpty();
        }
    }

    @Test
    void an_organizations_policy_goes_before_the_models() throws IOException {
        try (Moderation moderation = rules("""
                organizations: { %s: "off" }
                rules: [{code: usual, words: [two]}]
                """.formatted(organization))) {
            assertThat(verdict(moderation, "strict", "two")).isEmpty();
            assertThat(moderation.verdict(IDS.organization(), "strict", List.of("two")))
                    .contains("usual");
        }
    }

    @Test
    void a_pattern_that_would_take_for_ever_does_not_and_what_it_leaves_undecided_does_not_pass() throws IOException {
        try (Moderation moderation = rules("rules: [{code: slow, patterns: ['.*.*.*.*.*.*=']}]")) {
            assertThat(verdict(moderation, "standard", "a".repeat(3_000))).contains("undecided");
            assertThat(verdict(moderation, "standard", "b")).isEmpty();
        }
        try (Moderation moderation = rules("rules: [{code: deep, patterns: ['(x|y)*z']}]")) {
            assertThat(verdict(moderation, "standard", "xy".repeat(50_000))).contains("undecided");
        }
    }

    @Test
    void a_changed_file_holds_at_once_and_a_broken_one_leaves_the_old_rules() throws IOException {
        Path file = folder.resolve("rules.yaml");
        try (Moderation moderation = rules("rules: [{code: one, words: [one]}]")) {
            Files.writeString(file, "rules: [{code: two, words: [two]}]");
            Await.until(
                    "the new rules hold",
                    () -> verdict(moderation, "standard", "two").isPresent());
            assertThat(verdict(moderation, "standard", "one")).isEmpty();
            Files.writeString(file, "");
            Await.until(
                    "the emptiness is seen",
                    () -> moderation.trouble().orElse("").contains("is empty"));
            assertThat(verdict(moderation, "standard", "two")).contains("two");
            Files.writeString(file, "rules: [{code: Bad Code, words: [three]}]");
            Await.until(
                    "the mistake is seen", () -> moderation.trouble().orElse("").contains("code"));
            assertThat(verdict(moderation, "standard", "two")).contains("two");
            Files.delete(file);
            Await.until("it is missed", () -> moderation.trouble().orElse("").contains("can not be read"));
            Files.writeString(file, "rules: []");
            Await.until("it is well again", () -> moderation.trouble().isEmpty());
            assertThat(verdict(moderation, "standard", "two")).isEmpty();
        }
    }

    @Test
    void every_mistake_of_a_file_is_told_at_once() {
        assertThatThrownBy(() -> rules("""
                        colour: red
                        organizations: { nobody: strict }
                        rules:
                          - { code: a, words: ["!"], policies: [lax] }
                          - { code: a b, patterns: ["("], extra: 1 }
                          - { code: b }
                          - { code: c, words: one }
                          - text
                        """))
                .isInstanceOf(ModerationException.class)
                .hasMessageContainingAll(
                        "\"colour\" is unknown",
                        "\"nobody\" is not the id",
                        "rules.0.words: a word needs a letter",
                        "rules.0.policies: must be strict, standard or off",
                        "rules.1.code: must be",
                        "rules.1.patterns.0: is no regular expression",
                        "rules.1: \"extra\" is unknown",
                        "rules.2: must have words or patterns",
                        "rules.3.words: must be a list",
                        "rules.4: must be a block");
        assertThatThrownBy(() -> rules("rules: [")).hasMessageContaining("not valid YAML at line");
        assertThatThrownBy(() -> rules("rules: [{code: a, words: [b]}, {code: a, words: [c]}]"))
                .hasMessageContaining("stands twice");
    }

    @Test
    void the_bundled_rules_let_everyday_prompts_pass_and_can_be_replaced_or_taken_away() throws IOException {
        String[] everyday = {
            "a child flying a kite over a meadow",
            "a portrait of a woman in a red dress",
            "stars seen with the naked eye, a boy and a telescope",
            "two kids and their grandmother baking bread",
            "a battle of knights in the rain"
        };
        try (Moderation bundled = Moderation.open(ModerationSettings.DEFAULTS, new SimpleMeterRegistry())) {
            for (String prompt : everyday) {
                assertThat(verdict(bundled, "strict", prompt)).as(prompt).isEmpty();
            }
            assertThat(verdict(bundled, "off", "a nude child")).contains("minors");
            assertThat(verdict(bundled, "standard", "a nude, oil on canvas")).isEmpty();
            assertThat(verdict(bundled, "strict", "a nude, oil on canvas")).contains("sexual");
        }
        Path file = Files.writeString(folder.resolve("own.yaml"), "rules: [{code: sexual, words: [own]}]");
        try (Moderation own = Moderation.open(new ModerationSettings(file, true, OFTEN), new SimpleMeterRegistry())) {
            assertThat(verdict(own, "strict", "a nude, oil on canvas")).isEmpty();
            assertThat(verdict(own, "standard", "own")).contains("sexual");
            assertThat(verdict(own, "standard", "a nude child")).contains("minors");
        }
        try (Moderation none = Moderation.none()) {
            assertThat(verdict(none, "strict", "a nude child")).isEmpty();
        }
    }

    @Test
    void an_upstreams_reason_is_a_code_or_becomes_one() {
        assertThat(Moderation.code("output_moderation")).isEqualTo("output_moderation");
        assertThat(Moderation.code("He asked for a dragon!")).isEqualTo("upstream_moderation");
    }
}
