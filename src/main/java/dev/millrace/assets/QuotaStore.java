package dev.millrace.assets;

import dev.millrace.db.Tx;
import dev.millrace.id.OrganizationId;

/** Counts what the uploads of organizations take. */
final class QuotaStore {
    /** Bytes of all uploads that are stored, and nobody else adds to them before this transaction ends. */
    long locked(Tx tx, OrganizationId organization) {
        tx.update(
                "insert into storage_marks (organization, uploads) values (?, 1)"
                        + " on conflict (organization) do update set uploads = storage_marks.uploads + 1",
                organization);
        return uploaded(tx, organization);
    }

    long uploaded(Tx tx, OrganizationId organization) {
        return tx.count(
                "select sum(bytes) from assets where organization = ? and state = 'stored' and kind = 'upload'",
                organization);
    }
}
