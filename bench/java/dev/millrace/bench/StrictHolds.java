package dev.millrace.bench;

import dev.millrace.admission.AdmittedText;
import dev.millrace.billing.Billing;
import dev.millrace.db.Database;
import dev.millrace.id.RequestId;
import dev.millrace.lease.DueWork;
import dev.millrace.wallet.HoldId;
import java.time.Duration;

/** Holds of live requests, durable each with its due work, as the relay takes them where nothing is granted from a block. */
record StrictHolds(Database database, Billing billing, DueWork dueWork) {
    private static final Duration KEPT_FOR = Duration.ofSeconds(45);

    void take(AdmittedText request, RequestId id) {
        String lane = request.principal().organization().text();
        database.writer().write(lane, tx -> {
            billing.hold(tx, request.principal().spender(), HoldId.of(id), request.quote());
            return dueWork.add(tx, "live", id.text(), lane, tx.now().plus(KEPT_FOR));
        });
    }
}
