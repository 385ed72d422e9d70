package dev.millrace.billing;

import dev.millrace.limits.CapState;
import dev.millrace.money.Money;
import dev.millrace.problem.Problem;
import dev.millrace.problem.ProblemCode;
import dev.millrace.problem.ProblemException;
import dev.millrace.wallet.Balance;
import java.util.HashMap;
import java.util.Map;

/** What is said when a request can not be held for. */
final class Refusals {
    private Refusals() {}

    /** 402: the wallet has too little. Topping it up helps. */
    static ProblemException insufficient(Balance balance, Money required) {
        String detail = "The request may cost " + required + " and the wallet has " + balance.available()
                + " available (" + balance.held() + " is held); top it up, or ask for less.";
        return Problem.of(ProblemCode.INSUFFICIENT_FUNDS, detail)
                .withFacts(facts(balance, required))
                .toException();
    }

    /**
     * 403: a cap leaves too little. Adds to the facts of {@link #insufficient} the cap's name ({@code cap}, as {@code key.day}),
     * {@code limit_usd}, {@code spent_usd}, {@code cap_held_usd} and, unless it is a total, {@code resets_at}; {@code held_usd} is
     * what the cap has held.
     */
    static ProblemException capped(CapState cap, Balance balance, Money required) {
        Map<String, Object> facts = facts(balance, required);
        facts.put("cap", cap.name());
        facts.put("cap_subject", cap.subject().code());
        facts.put("limit_usd", cap.limit().toUsd());
        facts.put("spent_usd", cap.spent().toUsd());
        facts.put("held_usd", cap.held().toUsd());
        facts.put("held_nanos", cap.held().nanos());
        if (cap.resets()) {
            facts.put("resets_at", cap.resetsAt().toString());
        }
        return Problem.of(ProblemCode.SPEND_CAP_REACHED, detail(cap, required))
                .withFacts(Map.copyOf(facts))
                .toException();
    }

    private static String detail(CapState cap, Money required) {
        String whose = cap.subject().kind().wire();
        String period = cap.resets() ? " a " + cap.period().wire() : " in total";
        return "The request may cost " + required + ", and the " + whose + " may spend " + cap.limit() + period
                + ", of which "
                + cap.left() + " is left (" + cap.spent() + " spent, " + cap.held() + " held)"
                + (cap.resets() ? "; it begins anew at " + cap.resetsAt() : "") + ". Raise the cap, or ask for less.";
    }

    private static Map<String, Object> facts(Balance balance, Money required) {
        return new HashMap<>(Map.of(
                "balance_usd", balance.available().toUsd(),
                "held_usd", balance.held().toUsd(),
                "required_usd", required.toUsd(),
                "balance_nanos", balance.available().nanos(),
                "held_nanos", balance.held().nanos(),
                "required_nanos", required.nanos()));
    }
}
