package dev.millrace.console.models;

import dev.millrace.access.sessions.Callers;
import dev.millrace.billing.CustomerPrices;
import dev.millrace.catalog.Catalog;
import dev.millrace.catalog.Model;
import dev.millrace.console.Cookies;
import dev.millrace.id.OrganizationId;
import dev.millrace.problem.ProblemException;
import dev.millrace.server.Request;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** The models as whoever looks pays for them: with the prices of his organization when he is signed in, else the list prices. */
public record Shelf(Catalog catalog, CustomerPrices prices, Callers callers) {
    UnaryOperator<Model> of(Request request) {
        OrganizationId asker = asker(request).orElse(null);
        return model -> prices.shown(model, asker);
    }

    /** Whose prices the page tells, when it does not tell everybody's. */
    Optional<OrganizationId> asker(Request request) {
        try {
            return Cookies.value(request, Cookies.SESSION)
                    .flatMap(token -> callers.signedIn(token, request.remoteAddress()))
                    .map(who -> callers.caller(who).organization());
        } catch (ProblemException belongsNowhere) {
            return Optional.empty();
        }
    }
}
