package dev.millrace.moderation;

import dev.millrace.id.OrganizationId;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.schema.FailsafeSchema;

/** Reads one file of rules, and finds every mistake in it. */
final class RulesReader {
    /** The policies that a model or an organization can have, from the strictest. */
    static final Set<String> POLICIES = Set.of("strict", "standard", "off");

    private static final Pattern CODE = Pattern.compile("[a-z][a-z0-9_]{0,39}");
    private static final Set<String> FIELDS =
            Set.of("code", "description", "policies", "organizations", "words", "patterns");

    private final List<String> mistakes = new ArrayList<>();

    private RulesReader() {}

    /** @throws ModerationException with every mistake */
    static Rules read(String file, byte[] content) {
        RulesReader reader = new RulesReader();
        Rules rules = reader.rules(reader.parsed(new String(content, StandardCharsets.UTF_8)));
        if (!reader.mistakes.isEmpty()) {
            throw new ModerationException(file, reader.mistakes);
        }
        return rules;
    }

    private @Nullable Object parsed(String content) {
        if (content.isBlank()) { // as a file is for a moment when its editor begins to write it
            mistakes.add("is empty: write rules: [] where there are to be none");
            return null;
        }
        try {
            LoadSettings settings =
                    LoadSettings.builder().setSchema(new FailsafeSchema()).build();
            return new Load(settings).loadFromString(content);
        } catch (MarkedYamlEngineException e) {
            String where = e.getProblemMark()
                    .map(mark -> "line " + (mark.getLine() + 1))
                    .orElse("somewhere");
            mistakes.add("not valid YAML at " + where);
        } catch (YamlEngineException e) {
            mistakes.add("not valid YAML");
        }
        return null;
    }

    private Rules rules(@Nullable Object root) {
        Map<?, ?> map = root == null ? Map.of() : map("the file", root);
        map.keySet().stream()
                .filter(name -> !"rules".equals(name) && !"organizations".equals(name))
                .forEach(name -> mistakes.add("\"" + name + "\" is unknown: write rules: and organizations:"));
        List<Rule> rules = new ArrayList<>();
        Set<String> codes = new HashSet<>();
        int number = 0;
        for (Object one : list("rules", map.get("rules"))) {
            Rule rule = rule("rules." + number++, one);
            if (rule != null && !codes.add(rule.code())) {
                mistakes.add("the code \"" + rule.code() + "\" stands twice");
            } else if (rule != null) {
                rules.add(rule);
            }
        }
        return new Rules(rules, policies(map.get("organizations")));
    }

    private Map<OrganizationId, String> policies(@Nullable Object given) {
        Map<OrganizationId, String> policies = new HashMap<>();
        if (given != null) {
            map("organizations", given).forEach((name, policy) -> {
                if (policy(String.valueOf(policy), "organizations." + name)) {
                    organization(String.valueOf(name), "organizations", id -> policies.put(id, String.valueOf(policy)));
                }
            });
        }
        return policies;
    }

    private @Nullable Rule rule(String where, Object given) {
        Map<?, ?> map = map(where, given);
        map.keySet().stream()
                .filter(name -> !FIELDS.contains(name))
                .forEach(name -> mistakes.add(where + ": \"" + name + "\" is unknown: there are "
                        + String.join(", ", FIELDS.stream().sorted().toList())));
        int before = mistakes.size();
        String code = String.valueOf(map.get("code"));
        if (!CODE.matcher(code).matches()) {
            mistakes.add(where + ".code: must be 1 to 40 lower-case letters, digits and underscores");
        }
        List<String> policies = texts(where + ".policies", map.get("policies"));
        policies.forEach(policy -> policy(policy, where + ".policies"));
        Set<OrganizationId> organizations = new HashSet<>();
        texts(where + ".organizations", map.get("organizations"))
                .forEach(text -> organization(text, where + ".organizations", organizations::add));
        List<PlainText> words = words(where + ".words", map.get("words"));
        List<Pattern> patterns = patterns(where + ".patterns", map.get("patterns"));
        if (words.isEmpty() && patterns.isEmpty() && before == mistakes.size()) {
            mistakes.add(where + ": must have words or patterns");
        }
        Set<String> under = policies.isEmpty() ? Set.of("strict", "standard") : new HashSet<>(policies);
        return before == mistakes.size() ? new Rule(code, under, organizations, words, patterns) : null;
    }

    private List<PlainText> words(String where, @Nullable Object given) {
        List<PlainText> words = texts(where, given).stream().map(PlainText::of).toList();
        if (words.stream().anyMatch(PlainText::isEmpty)) {
            mistakes.add(where + ": a word needs a letter or a digit");
        }
        return words;
    }

    private List<Pattern> patterns(String where, @Nullable Object given) {
        List<Pattern> patterns = new ArrayList<>();
        int number = 0;
        for (String text : texts(where, given)) {
            try {
                patterns.add(Pattern.compile(text, Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE));
            } catch (PatternSyntaxException e) {
                mistakes.add(where + "." + number + ": is no regular expression: " + e.getDescription());
            }
            number++;
        }
        return patterns;
    }

    private boolean policy(String text, String where) {
        boolean known = POLICIES.contains(text);
        if (!known) {
            mistakes.add(where + ": must be strict, standard or off");
        }
        return known;
    }

    private void organization(String text, String where, Consumer<OrganizationId> found) {
        OrganizationId.parse(text)
                .ifPresentOrElse(
                        found, () -> mistakes.add(where + ": \"" + text + "\" is not the id of an organization"));
    }

    private Map<?, ?> map(String where, Object given) {
        if (given instanceof Map<?, ?> map) {
            return map;
        }
        mistakes.add(where + ": must be a block of fields");
        return Map.of();
    }

    private List<?> list(String where, @Nullable Object given) {
        if (given == null || given instanceof List<?>) {
            return given == null ? List.of() : (List<?>) given;
        }
        mistakes.add(where + ": must be a list");
        return List.of();
    }

    private List<String> texts(String where, @Nullable Object given) {
        List<?> list = list(where, given);
        if (list.stream().allMatch(String.class::isInstance)) {
            return list.stream().map(String::valueOf).toList();
        }
        mistakes.add(where + ": must be a list of texts");
        return List.of();
    }
}
