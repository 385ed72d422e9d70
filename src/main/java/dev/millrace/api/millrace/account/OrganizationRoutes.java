package dev.millrace.api.millrace.account;

import dev.millrace.access.Access;
import dev.millrace.access.NewKey;
import dev.millrace.access.Principal;
import dev.millrace.api.millrace.Amounts;
import dev.millrace.api.millrace.CreateOnce;
import dev.millrace.api.millrace.CreateOnce.Created;
import dev.millrace.api.millrace.Fields;
import dev.millrace.api.millrace.openapi.Form;
import dev.millrace.money.Money;
import dev.millrace.problem.Problem;
import dev.millrace.problem.ProblemCode;
import dev.millrace.problem.ProblemException;
import dev.millrace.server.Request;
import dev.millrace.server.Response;
import java.util.Map;

/** {@code POST /api/v1/organizations}: another organization with a wallet and a key, for whoever runs the installation. */
final class OrganizationRoutes {
    /** The key in whole and in its parts; shown this once. */
    record NewKeyBody(String organization, String key, String key_id, String key_secret) {}

    static final Form FORM = Form.object()
            .needs("name", "string", "What it is called.")
            .takes("wallet_usd", "string", "What its wallet begins with, in dollars; nothing otherwise.");

    private static final String SURFACE = "POST /api/v1/organizations";

    private final Access access;
    private final CreateOnce once;
    private final SignUp signUp;

    OrganizationRoutes(Access access, CreateOnce once, SignUp signUp) {
        this.access = access;
        this.once = once;
        this.signUp = signUp;
    }

    Response create(Request request) {
        Principal principal = access.enter(request);
        if (!principal.operator()) {
            throw new ProblemException(
                    ProblemCode.FORBIDDEN, "Only a key of the organization that runs this installation may do this.");
        }
        Fields body = Fields.of(request.body()).only(FORM.names(), "");
        String name = body.text("name");
        Money wallet = Amounts.usdOr(body, "wallet_usd", Money.ZERO);
        NewKey made = once.write(
                        request,
                        SURFACE,
                        principal,
                        body,
                        tx -> {
                            NewKey key = signUp.create(tx, name, wallet, principal);
                            return new Created<>(key.organization().text(), key);
                        },
                        (tx, organization) -> {
                            throw madeBefore(organization);
                        })
                .value();
        return Response.json(
                201,
                new NewKeyBody(
                        made.organization().text(), made.full(), made.id().text(), made.secret()));
    }

    private static ProblemException madeBefore(String organization) {
        return Problem.of(
                        ProblemCode.ALREADY_ANSWERED,
                        "This organization was made before, once, and its key was shown then; make it another key, or send"
                                + " a new Idempotency-Key to make another organization.")
                .withFacts(Map.of("organization", organization))
                .toException();
    }
}
