package dev.millrace.moderation;

import dev.millrace.id.OrganizationId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One consistent state of all rules.
 *
 * @param policies what holds for an organization in place of its models' policies
 */
record Rules(List<Rule> rules, Map<OrganizationId, String> policies) {
    static final Rules NONE = new Rules(List.of(), Map.of());

    Rules {
        rules = List.copyOf(rules);
        policies = Map.copyOf(policies);
    }

    /** These rules with others over them, which replace those of the same code. */
    Rules with(Rules over) {
        Map<String, Rule> byCode = new LinkedHashMap<>();
        rules.forEach(rule -> byCode.put(rule.code(), rule));
        over.rules.forEach(rule -> byCode.put(rule.code(), rule));
        return new Rules(List.copyOf(byCode.values()), over.policies.isEmpty() ? policies : over.policies);
    }

    /** The code of the first rule that a text breaks. */
    Optional<String> broken(OrganizationId organization, String modelPolicy, List<String> texts) {
        String policy = policies.getOrDefault(organization, modelPolicy);
        List<Rule> applying = rules.stream()
                .filter(rule -> rule.applies(policy, organization))
                .toList();
        if (applying.isEmpty()) {
            return Optional.empty();
        }
        List<PlainText> plain = texts.stream().map(PlainText::of).toList();
        return applying.stream()
                .flatMap(rule -> plain.stream().map(rule::verdict).flatMap(Optional::stream))
                .findFirst();
    }
}
