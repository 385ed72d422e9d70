package dev.millrace.console.account;

import dev.millrace.access.Caller;
import dev.millrace.access.Permission;
import dev.millrace.console.Pages;
import dev.millrace.console.Pages.Content;
import dev.millrace.id.OrganizationId;
import dev.millrace.money.Money;
import dev.millrace.payments.TopUp;
import dev.millrace.payments.TopUpWish;
import dev.millrace.problem.Problem;
import dev.millrace.problem.ProblemException;
import dev.millrace.server.Request;
import dev.millrace.server.Response;
import dev.millrace.wallet.Account;
import dev.millrace.wallet.Balance;
import dev.millrace.wallet.Transfer;
import dev.millrace.wallet.TransferPage;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** {@code GET /console/wallet}: the balance, and every movement; money is put in by card where that is taken. */
public final class WalletPage {
    private static final int LINES = 50;
    private static final String PATH = "/console/wallet";

    private final AccountRooms rooms;
    private final Visitors visitors;
    private final Pages pages;

    WalletPage(AccountRooms rooms, Visitors visitors, Pages pages) {
        this.rooms = rooms;
        this.visitors = visitors;
        this.pages = pages;
    }

    /** One movement: what it did to what can be spent, and to what is held. */
    public record Line(String at, String kind, String subject, String available, String held) {
        static Line of(Transfer transfer, OrganizationId organization) {
            return new Line(
                    Moments.of(transfer.createdAt()),
                    transfer.kind().code(),
                    transfer.subject(),
                    Cash.change(moved(transfer, Account.available(organization))),
                    Cash.change(moved(transfer, Account.held(organization))));
        }

        private static Money moved(Transfer transfer, Account account) {
            Money in = transfer.credit().equals(account) ? transfer.amount() : Money.ZERO;
            return transfer.debit().equals(account) ? in.minus(transfer.amount()) : in;
        }
    }

    Response show(Request request) {
        return show(request, visitors.enter(request), 200, "", "");
    }

    /**
     * {@code POST /console/wallet/topups}: begins a payment. Its page is the processor's, to which a link leads: a form of ours
     * may not be sent on to somebody else.
     */
    Response topUp(Request request) {
        Visitor visitor = visitors.enter(request);
        FormBody form = FormBody.of(request, visitor.token());
        Caller caller = visitor.caller();
        String back = request.baseUrl().resolve(PATH).toString();
        try {
            TopUpWish wish = new TopUpWish(amount(form.text("amount")), back, back, false);
            TopUp begun = rooms.database()
                    .writer()
                    .write(
                            caller.organization().text(),
                            tx -> rooms.payments().begin(tx, caller.organization(), wish, caller.actor()));
            return show(
                    request,
                    visitor,
                    201,
                    Objects.requireNonNull(rooms.payments().open(begun).url()),
                    "");
        } catch (ProblemException refused) {
            Problem problem = refused.problem();
            String why = problem.fields().isEmpty()
                    ? problem.detail()
                    : "The amount " + problem.fields().getFirst().message();
            return show(request, visitor, problem.code().status(), "", why);
        }
    }

    private static Money amount(String text) {
        if (!text.matches("[0-9]{1,9}(\\.[0-9]{1,2})?")) {
            throw Problem.parameter("amount", "must be dollars and cents, such as 25.00.")
                    .toException();
        }
        return Money.usd(text);
    }

    private Response show(Request request, Visitor visitor, int status, String pay, String failure) {
        boolean mayPay = rooms.payments().on() && visitor.caller().may(Permission.MANAGE_BILLING);
        OrganizationId organization = visitor.caller().organization();
        String cursor = request.query("cursor").filter(text -> !text.isEmpty()).orElse(null);
        rooms.wallet().reserves().settle(organization);
        Balance balance = rooms.database().read(tx -> rooms.wallet().balance(tx, organization));
        TransferPage page = rooms.database().read(tx -> rooms.wallet().transfers(tx, organization, cursor, LINES));
        String next = page.next();
        List<Line> lines =
                page.transfers().stream().map(one -> Line.of(one, organization)).toList();
        return pages.personal(
                request,
                status,
                new Content(
                        "account/wallet.jte",
                        "Wallet",
                        "The balance and every movement.",
                        null,
                        Map.of(
                                "available",
                                Cash.exact(balance.available()),
                                "held",
                                Cash.exact(balance.held()),
                                "total",
                                Cash.exact(balance.total()),
                                "lines",
                                lines,
                                "next",
                                next == null ? "" : next,
                                "mayPay",
                                mayPay,
                                "pay",
                                pay,
                                "failure",
                                failure)),
                Visitors.told(visitor));
    }
}
