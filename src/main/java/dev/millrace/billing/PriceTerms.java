package dev.millrace.billing;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.millrace.catalog.Markup;
import dev.millrace.catalog.Model;
import dev.millrace.catalog.PriceList;
import dev.millrace.db.Database;
import dev.millrace.db.Tx;
import dev.millrace.id.OrganizationId;
import dev.millrace.limits.LimitBook;
import dev.millrace.money.Money;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The markups and minimums that an operator sets, and by them what each customer pays. A change holds for new quotes at once on the
 * node that was told, and within a second on every other; what was quoted, held or charged before keeps the price that its
 * version names. Safe for all threads.
 */
public final class PriceTerms implements CustomerPrices {
    private static final Duration TRUSTED_FOR = Duration.ofSeconds(1);
    private static final int KEPT_MAX = 20_000;

    private final PriceTermStore store = new PriceTermStore();
    private final Database database;
    private final Cache<Asker, Rules> cache = Caffeine.newBuilder()
            .expireAfterWrite(TRUSTED_FOR)
            .maximumSize(KEPT_MAX)
            .build();

    public PriceTerms(Database database) {
        this.database = database;
    }

    /** @param organization null for whoever shows no key */
    private record Asker(@Nullable OrganizationId organization) {}

    /** The rules that apply to one customer, those first that go over the others. */
    private static final class Rules {
        private final List<PriceTerm> terms;
        private final Map<String, Markup> known = new ConcurrentHashMap<>();

        Rules(List<PriceTerm> terms) {
            this.terms = terms;
        }

        Markup of(Model model) {
            if (terms.isEmpty()) {
                return Markup.NONE;
            }
            Markup markup = known.get(model.id());
            return markup != null ? markup : known.computeIfAbsent(model.id(), id -> look(model));
        }

        private Markup look(Model model) {
            long factor = first(PriceTerm.Kind.MARKUP, model).orElse(Markup.ONE);
            long minimum = first(PriceTerm.Kind.MINIMUM, model).orElse(0L);
            return new Markup(factor, Money.ofNanos(minimum));
        }

        private Optional<Long> first(PriceTerm.Kind kind, Model model) {
            String one = PriceTerm.MODEL + model.id();
            String modality = PriceTerm.MODALITY + model.modality().wire();
            return terms.stream()
                    .filter(term -> term.kind() == kind)
                    .filter(term -> term.scope().isEmpty()
                            || term.scope().equals(one)
                            || term.scope().equals(modality))
                    .findFirst()
                    .map(PriceTerm::value);
        }
    }

    @Override
    public PriceList of(Model model, @Nullable OrganizationId organization) {
        return model.prices().under(markup(model, organization));
    }

    /** What an organization pays a model's prices under, by what this node knows; for null, what everybody does. */
    public Markup markup(Model model, @Nullable OrganizationId organization) {
        return cache.get(new Asker(organization), asker -> database.read(tx -> rules(tx, asker.organization())))
                .of(model);
    }

    /** Sets a rule, over the one of the same kind, subject and scope. */
    public void set(Tx tx, PriceTerm term) {
        store.set(tx, term);
        tx.afterCommit(cache::invalidateAll);
    }

    /** Takes a rule away; false when there is none. */
    public boolean remove(Tx tx, PriceTerm.Kind kind, String subject, String scope) {
        tx.afterCommit(cache::invalidateAll);
        return store.remove(tx, kind, subject, scope);
    }

    /** Every rule, in the order of subject and scope. */
    public List<PriceTerm> all(Tx tx) {
        return store.all(tx);
    }

    private Rules rules(Tx tx, @Nullable OrganizationId organization) {
        List<PriceTerm> found = new ArrayList<>();
        if (organization != null) {
            found.addAll(narrowFirst(store.of(tx, PriceTerm.ORGANIZATION + organization.text())));
            found.addAll(narrowFirst(store.of(tx, PriceTerm.PLAN + LimitBook.planOf(tx, organization))));
        }
        found.addAll(narrowFirst(store.of(tx, PriceTerm.DEFAULT)));
        return new Rules(List.copyOf(found));
    }

    /** A model's rule goes over a modality's, and that over one for everything. */
    private static List<PriceTerm> narrowFirst(List<PriceTerm> terms) {
        List<PriceTerm> sorted = new ArrayList<>(terms);
        sorted.sort((a, b) -> Integer.compare(breadth(a), breadth(b)));
        return sorted;
    }

    private static int breadth(PriceTerm term) {
        if (term.scope().isEmpty()) {
            return 2;
        }
        return term.scope().startsWith(PriceTerm.MODEL) ? 0 : 1;
    }
}
