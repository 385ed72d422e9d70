package dev.millrace.moderation;

import dev.millrace.id.OrganizationId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Words and patterns that a text must not have.
 *
 * @param code what is told and kept when it is broken
 * @param policies under which it holds
 * @param organizations for which it holds; empty for all
 * @param words whole words or phrases, in plain form
 * @param patterns looked for anywhere in a text
 */
record Rule(
        String code,
        Set<String> policies,
        Set<OrganizationId> organizations,
        List<PlainText> words,
        List<Pattern> patterns) {
    /** Told when a pattern could not be tried to its end: what can not be cleared does not pass. */
    static final String UNDECIDED = "undecided";

    Rule {
        policies = Set.copyOf(policies);
        organizations = Set.copyOf(organizations);
        words = List.copyOf(words);
        patterns = List.copyOf(patterns);
    }

    boolean applies(String policy, OrganizationId organization) {
        return policies.contains(policy) && (organizations.isEmpty() || organizations.contains(organization));
    }

    /** The code when the text breaks this rule. */
    Optional<String> verdict(PlainText text) {
        if (words.stream().anyMatch(text::has)) {
            return Optional.of(code);
        }
        for (Pattern pattern : patterns) {
            try {
                if (pattern.matcher(new BoundedText(text.folded())).find()) {
                    return Optional.of(code);
                }
            } catch (BoundedText.OverException | StackOverflowError tooMuch) {
                return Optional.of(UNDECIDED);
            }
        }
        return Optional.empty();
    }
}
