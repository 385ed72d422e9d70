package dev.millrace.limits;

import dev.millrace.id.KeyId;
import dev.millrace.id.OrganizationId;
import dev.millrace.limits.LimitRules.Rule;
import dev.millrace.limits.LimitStanding.Whose;
import java.util.Locale;

/** Whose use is counted. */
record Subject(Whose whose, String id) {
    static Subject of(OrganizationId organization) {
        return new Subject(Whose.ORGANIZATION, organization.text());
    }

    static Subject of(KeyId key) {
        return new Subject(Whose.KEY, key.text());
    }

    /** What counts its use by a rule is kept under this name. */
    String name(Rule rule) {
        return word() + ":" + id + ":" + rule.measure().field() + ":" + rule.modality() + ":" + rule.model();
    }

    String word() {
        return whose.name().toLowerCase(Locale.ROOT);
    }

    /** As the subject of a sentence. */
    String named() {
        return "This " + word();
    }
}
