package dev.millrace.api.millrace.money;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.millrace.billing.Code;
import dev.millrace.billing.Refunded;
import dev.millrace.limits.CapEvent;
import dev.millrace.limits.CapState;
import dev.millrace.wallet.Balance;
import dev.millrace.wallet.CreditLine;
import dev.millrace.wallet.Grant;
import dev.millrace.wallet.Statement;
import dev.millrace.wallet.StatementLine;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Money on the wire, for the API and for the command line. */
public final class MoneyBodies {
    private MoneyBodies() {}

    /** A cap, and what counts against it in the window that runs; a total has no {@code resets_at}. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record CapBody(
            String object,
            String subject,
            String period,
            String limit_usd,
            String spent_usd,
            String held_usd,
            String left_usd,
            String starts_at,
            @Nullable String resets_at) {
        public static CapBody of(CapState cap) {
            return new CapBody(
                    "cap",
                    cap.subject().code(),
                    cap.period().wire(),
                    cap.limit().toUsd(),
                    cap.spent().toUsd(),
                    cap.held().toUsd(),
                    cap.left().toUsd(),
                    cap.startsAt().toString(),
                    cap.resets() ? cap.resetsAt().toString() : null);
        }
    }

    /** That a window passed 50, 80 or 100 percent of its cap. */
    public record CapEventBody(
            String object,
            String subject,
            String period,
            String starts_at,
            long percent,
            String limit_usd,
            String spent_usd,
            String at) {
        static CapEventBody of(CapEvent event) {
            return new CapEventBody(
                    "cap.threshold",
                    event.subject().code(),
                    event.period().wire(),
                    event.startsAt().toString(),
                    event.threshold(),
                    event.limit().toUsd(),
                    event.spent().toUsd(),
                    event.at().toString());
        }
    }

    /** All caps of an organization, and the latest thresholds that were passed. */
    public record CapsBody(String object, List<CapBody> data, List<CapEventBody> events) {
        public static CapsBody of(List<CapState> caps, List<CapEvent> events) {
            return new CapsBody(
                    "list",
                    caps.stream().map(CapBody::of).toList(),
                    events.stream().map(CapEventBody::of).toList());
        }
    }

    /** Whether something was removed. */
    public record RemovedBody(String object, boolean removed) {}

    /** What somebody moved; {@code booked} is false when it had been booked before. */
    public record BookedBody(
            String object, String organization, String id, boolean booked, String available_usd, String held_usd) {
        public static BookedBody of(String object, String organization, String id, boolean booked, Balance balance) {
            return new BookedBody(
                    object,
                    organization,
                    id,
                    booked,
                    balance.available().toUsd(),
                    balance.held().toUsd());
        }
    }

    /** A credit line: how far, how much of it is owed, how much is left. */
    public record CreditBody(String object, String organization, String line_usd, String owed_usd, String left_usd) {
        public static CreditBody of(String organization, CreditLine credit) {
            return new CreditBody(
                    "credit_line",
                    organization,
                    credit.line().toUsd(),
                    credit.owed().toUsd(),
                    credit.left().toUsd());
        }
    }

    /** A refund of a charge. */
    public record RefundBody(
            String object, String organization, String charge, int number, boolean booked, String left_usd) {
        public static RefundBody of(String charge, Refunded refunded) {
            return new RefundBody(
                    "refund",
                    refunded.organization().text(),
                    charge,
                    refunded.number(),
                    refunded.booked(),
                    refunded.left().toUsd());
        }
    }

    /** Money that was given for a time. */
    public record GrantBody(
            String object,
            String id,
            String amount_usd,
            String left_usd,
            String held_usd,
            String expired_usd,
            String expires_at,
            String created_at) {
        public static GrantBody of(Grant grant) {
            return new GrantBody(
                    "grant",
                    grant.id(),
                    grant.amount().toUsd(),
                    grant.unspent().toUsd(),
                    grant.held().toUsd(),
                    grant.expired().toUsd(),
                    grant.expiresAt().toString(),
                    grant.createdAt().toString());
        }
    }

    /** A code; its text is there only in the answer that made it. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record CodeBody(
            String object,
            String id,
            @Nullable String code,
            String amount_usd,
            long uses,
            long used,
            String redeem_until,
            long lasts_days,
            boolean ended,
            String created_at) {
        public static CodeBody of(Code code, @Nullable String text) {
            return new CodeBody(
                    "code",
                    code.id(),
                    text,
                    code.amount().toUsd(),
                    code.usesMax(),
                    code.used(),
                    code.redeemUntil().toString(),
                    code.lasts().toDays(),
                    code.ended(),
                    code.createdAt().toString());
        }
    }

    /** What redeeming a code gave. */
    public record RedeemedBody(String object, String id, String amount_usd, long lasts_days) {
        static RedeemedBody of(Code code) {
            return new RedeemedBody(
                    "redemption", code.id(), code.amount().toUsd(), code.lasts().toDays());
        }
    }

    /** The two parts of a wallet. */
    public record BalanceBody(String available_usd, String held_usd) {
        static BalanceBody of(Balance balance) {
            return new BalanceBody(balance.available().toUsd(), balance.held().toUsd());
        }
    }

    /** All movements of one kind, in sum. */
    public record SumBody(String kind, long count, String available_usd, String held_usd) {
        static SumBody of(Statement.Movement movement) {
            return new SumBody(
                    movement.kind().code(),
                    movement.count(),
                    movement.available().toUsd(),
                    movement.held().toUsd());
        }
    }

    /** One movement: what it changed in the two parts of the wallet. */
    public record LineBody(
            String at,
            String id,
            String kind,
            String subject,
            String available_usd,
            String held_usd,
            String reason,
            String reference) {
        static LineBody of(StatementLine line) {
            return new LineBody(
                    line.transfer().createdAt().toString(),
                    line.transfer().id(),
                    line.transfer().kind().code(),
                    line.transfer().subject(),
                    line.available().toUsd(),
                    line.held().toUsd(),
                    line.note().reason(),
                    line.note().reference());
        }
    }

    /** A wallet over a period: opening and movements add up to closing. */
    public record StatementBody(
            String object,
            String organization,
            String from,
            String to,
            String time_zone,
            BalanceBody opening,
            List<SumBody> movements,
            BalanceBody closing,
            List<LineBody> lines) {}
}
