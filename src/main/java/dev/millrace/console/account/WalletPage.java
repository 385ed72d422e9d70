package dev.millrace.console.account;

import dev.millrace.console.Pages;
import dev.millrace.console.Pages.Content;
import dev.millrace.id.OrganizationId;
import dev.millrace.server.Request;
import dev.millrace.server.Response;
import dev.millrace.wallet.Balance;
import dev.millrace.wallet.Transfer;
import dev.millrace.wallet.TransferPage;
import java.util.List;
import java.util.Map;

/** {@code GET /console/wallet}: the balance, and every movement. */
public final class WalletPage {
    private static final int LINES = 50;

    private final AccountRooms rooms;
    private final Visitors visitors;
    private final Pages pages;

    WalletPage(AccountRooms rooms, Visitors visitors, Pages pages) {
        this.rooms = rooms;
        this.visitors = visitors;
        this.pages = pages;
    }

    /**
     * One movement.
     *
     * @param in whether it came into what can be spent
     */
    public record Line(String at, String kind, String subject, String amount, boolean in) {
        static Line of(Transfer transfer) {
            boolean in = transfer.credit().toString().endsWith("available");
            return new Line(
                    Moments.of(transfer.createdAt()),
                    transfer.kind().code(),
                    transfer.subject(),
                    Cash.exact(transfer.amount()),
                    in);
        }
    }

    Response show(Request request) {
        Visitor visitor = visitors.enter(request);
        OrganizationId organization = visitor.caller().organization();
        String cursor = request.query("cursor").filter(text -> !text.isEmpty()).orElse(null);
        Balance balance = rooms.database().read(tx -> rooms.wallet().balance(tx, organization));
        TransferPage page = rooms.database().read(tx -> rooms.wallet().transfers(tx, organization, cursor, LINES));
        String next = page.next();
        List<Line> lines = page.transfers().stream().map(Line::of).toList();
        return pages.personal(
                request,
                200,
                new Content(
                        "account/wallet.jte",
                        "Wallet",
                        "The balance and every movement.",
                        null,
                        Map.of(
                                "available", Cash.exact(balance.available()),
                                "held", Cash.exact(balance.held()),
                                "total", Cash.exact(balance.total()),
                                "lines", lines,
                                "next", next == null ? "" : next)),
                Visitors.told(visitor));
    }
}
