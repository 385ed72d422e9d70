package dev.millrace.billing;

import dev.millrace.access.Organizations;
import dev.millrace.catalog.Catalog;
import dev.millrace.db.Tx;
import dev.millrace.problem.ProblemCode;
import dev.millrace.problem.ProblemException;
import dev.millrace.trail.Actor;
import dev.millrace.trail.Trail;
import java.util.List;
import java.util.Map;

/** Where an operator sets markups and minimums: what they name has to be there, and each change stands in the audit log. */
public record PriceDesk(PriceTerms terms, Organizations organizations, Catalog catalog, Trail trail) {
    /**
     * Sets a rule, over the one of its kind, subject and scope.
     *
     * @throws ProblemException {@code NOT_FOUND} when its organization is not there
     * @throws IllegalArgumentException when its model is not
     */
    public void set(Tx tx, Actor actor, PriceTerm term) {
        term.organization()
                .filter(named -> organizations.find(tx, named).isEmpty())
                .ifPresent(absent -> {
                    throw new ProblemException(ProblemCode.NOT_FOUND, "There is no such organization.");
                });
        if (term.scope().startsWith(PriceTerm.MODEL)) {
            String named = term.scope().substring(PriceTerm.MODEL.length());
            String id = catalog.find(named)
                    .orElseThrow(() -> new IllegalArgumentException("\"of\" names a model that the catalogue has not"))
                    .id();
            if (!id.equals(named)) {
                throw new IllegalArgumentException("\"of\" must name the model by its id, model:" + id);
            }
        }
        terms.set(tx, term);
        trail.write(
                tx,
                about(actor, term.subject()),
                "price." + term.kind().wire(),
                term.subject(),
                Map.of("of", shown(term.scope()), "value", term.text()));
    }

    /**
     * Takes a rule away; false when there is none.
     *
     * @throws IllegalArgumentException when subject or scope is none
     */
    public boolean remove(Tx tx, Actor actor, PriceTerm.Kind kind, String subject, String scope) {
        boolean removed = terms.remove(tx, kind, PriceTerm.subject(subject), PriceTerm.scope(scope));
        if (removed) {
            trail.write(
                    tx, about(actor, subject), "price." + kind.wire() + ".remove", subject, Map.of("of", shown(scope)));
        }
        return removed;
    }

    /** Every rule, in the order of subject and scope. */
    public List<PriceTerm> all(Tx tx) {
        return terms.all(tx);
    }

    private static Actor about(Actor actor, String subject) {
        return PriceTerm.organization(subject).map(actor::about).orElse(actor);
    }

    private static String shown(String scope) {
        return scope.isEmpty() ? "everything" : scope;
    }
}
