package dev.millrace.api.millrace.account;

import dev.millrace.access.Access;
import dev.millrace.access.Principal;
import dev.millrace.api.millrace.PageBody;
import dev.millrace.api.millrace.Paging;
import dev.millrace.db.Database;
import dev.millrace.server.Request;
import dev.millrace.server.Response;
import dev.millrace.wallet.Balance;
import dev.millrace.wallet.Transfer;
import dev.millrace.wallet.TransferPage;
import dev.millrace.wallet.Wallet;

/** What the wallet has, and every movement in it. */
final class WalletRoutes {
    /** {@code available_usd} can be spent; {@code held_usd} is set aside for requests that run. */
    record WalletBody(
            String object,
            String currency,
            String available_usd,
            String held_usd,
            String total_usd,
            String environment) {}

    /** One transfer, from one account to another. */
    record TransferBody(
            String object,
            String id,
            String kind,
            String subject,
            String from,
            String to,
            String amount_usd,
            String created_at) {
        static TransferBody of(Transfer transfer) {
            return new TransferBody(
                    "transfer",
                    transfer.id(),
                    transfer.kind().code(),
                    transfer.subject(),
                    transfer.debit().toString(),
                    transfer.credit().toString(),
                    transfer.amount().toUsd(),
                    transfer.createdAt().toString());
        }
    }

    private final Access access;
    private final Database database;
    private final Wallet wallet;

    WalletRoutes(Access access, Database database, Wallet wallet) {
        this.access = access;
        this.database = database;
        this.wallet = wallet;
    }

    Response balance(Request request) {
        Principal principal = access.enter(request);
        wallet.reserves().settle(principal.organization());
        Balance balance = database.read(tx -> wallet.balance(tx, principal.organization()));
        return Response.json(
                200,
                new WalletBody(
                        "wallet",
                        "USD",
                        balance.available().toUsd(),
                        balance.held().toUsd(),
                        balance.total().toUsd(),
                        principal.environment().wire()));
    }

    Response transfers(Request request) {
        Principal principal = access.enter(request);
        Paging paging = Paging.of(request);
        TransferPage page =
                database.read(tx -> wallet.transfers(tx, principal.organization(), paging.cursor(), paging.limit()));
        return Response.json(
                200, PageBody.of(page.transfers().stream().map(TransferBody::of).toList(), page.next()));
    }
}
