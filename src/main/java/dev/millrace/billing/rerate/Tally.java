package dev.millrace.billing.rerate;

import dev.millrace.billing.rerate.Rerating.Left;
import dev.millrace.billing.rerate.Rerating.OfKey;
import dev.millrace.billing.rerate.Rerating.OfModel;
import dev.millrace.billing.rerate.Rerating.Sum;
import dev.millrace.id.KeyId;
import dev.millrace.money.Money;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Adds rated requests up; holds sums alone, whatever their number. */
final class Tally {
    private static final int EXAMPLES_MAX = 20;

    private final Map<String, Sum> models = new TreeMap<>();
    private final Map<String, Sum> keys = new TreeMap<>();
    private final Map<String, Left> left = new TreeMap<>();
    private Sum all = Sum.NONE;

    void add(Rated one) {
        Unrated why = one.why();
        Money then = one.row().charge();
        if (why != null) {
            leave(one, why, then);
            return;
        }
        all = all.plus(then, one.now());
        models.merge(one.row().model(), Sum.NONE.plus(then, one.now()), (sum, more) -> sum.plus(then, one.now()));
        keys.merge(one.row().key().text(), Sum.NONE.plus(then, one.now()), (sum, more) -> sum.plus(then, one.now()));
    }

    private void leave(Rated one, Unrated why, Money then) {
        String model = one.row().model();
        left.compute(model + " " + why, (name, known) -> {
            List<String> examples = new ArrayList<>(known == null ? List.of() : known.examples());
            if (examples.size() < EXAMPLES_MAX) {
                examples.add(one.row().id());
            }
            return known == null
                    ? new Left(model, why, 1, then, List.copyOf(examples))
                    : new Left(model, why, known.requests() + 1, known.then().plus(then), List.copyOf(examples));
        });
    }

    Rerating sum() {
        return new Rerating(
                all,
                models.entrySet().stream()
                        .map(entry -> new OfModel(entry.getKey(), entry.getValue()))
                        .toList(),
                keys.entrySet().stream()
                        .map(entry -> new OfKey(new KeyId(entry.getKey()), entry.getValue()))
                        .toList(),
                List.copyOf(left.values()));
    }
}
