package dev.millrace.privacy;

import static dev.millrace.privacy.Entry.table;
import static dev.millrace.privacy.Rule.where;

import java.util.List;

/** The tables of the ledger, of payments and of invoices. */
final class MoneyTables {
    private static final String LEDGER = "the ledger is kept whole: ids and amounts";
    private static final String INVOICES = "an invoice is kept whole for as long as privacy.keep_invoices says";

    static final List<Entry> ALL = List.of(
            table(
                            "wallets",
                            "a balance",
                            "organization",
                            "organization available$ held$ opened_at@ guarded credit$ credit_changes")
                    .organization(where("organization = :id").inArchive().kept(LEDGER)),
            table("holds", "money that a request may cost, and did cost", "id", """
                            id organization amount$ state charge$ refunded$ terms created_at@ resolved_at@ key_id member
                            block""")
                    .organization(where("organization = :id").inArchive().kept(LEDGER)),
            table(
                            "blocks",
                            "what live requests were granted from",
                            "id",
                            "id organization returned$ returns refunded$ flushed")
                    .organization(where("organization = :id").inArchive().kept(LEDGER)),
            table(
                            "transfers",
                            "a movement from one account to another",
                            "id",
                            "id organization kind debit credit amount$ created_at@")
                    .organization(where("organization = :id").inArchive().kept(LEDGER)),
            table("transfer_notes", "why money was moved by hand", "transfer", "transfer reason* reference noted_by")
                    .organization(where("transfer in (select t.id from transfers t where t.organization = :id)")
                            .inArchive()
                            .blanked("reason = 'erased'", "the reference is the books'")),
            table(
                            "grants",
                            "money that expires",
                            "id",
                            "id organization amount$ unspent$ held$ expired$ expiries expires_at@ created_at@")
                    .organization(where("organization = :id").inArchive().kept(LEDGER)),
            table(
                            "grant_parts",
                            "what a hold took from a grant",
                            "hold, grant_id",
                            "hold grant_id amount$ charge$ refunded$")
                    .organization(where("grant_id in (select g.id from grants g where g.organization = :id)")
                            .inArchive()
                            .kept(LEDGER)),
            table(
                            "grant_charges",
                            "when grants were charged, and got something back",
                            "organization, at, cause",
                            "organization at@ cause amount$")
                    .organization(where("organization = :id").inArchive().kept(LEDGER)),
            table(
                            "codes",
                            "a code that redeems for money",
                            "id",
                            "id hash! amount$ uses_max used redeem_until@ lasts ended created_at@")
                    .nobodys("the operator's; whoever has the code redeems it"),
            table("code_uses", "who redeemed a code", "code, organization", "code organization at@")
                    .organization(where("organization = :id").inArchive().kept(LEDGER)),
            table("code_tries", "codes that were tried this hour", "organization", "organization hour tries")
                    .organization(where("organization = :id")),
            table("card_topups", "a payment by card", "id", """
                            id organization kind state amount$ live save_card success_url* cancel_url* session! url!* intent
                            receipt_url* failure* refunded$ disputed$ taken$ owed$ forgiven$ moves created_at@ paid_at@ disputed_at@""")
                    .organization(where("organization = :id")
                            .inArchive()
                            .blanked(
                                    "success_url = '', cancel_url = '', url = null, receipt_url = null, failure = null",
                                    "payments are the books'; the payment provider has the card, and is asked there")),
            table("auto_topups", "the saved card that fills the wallet", "organization", """
                            organization enabled threshold$ amount$ ceiling$ customer* method* failures stopped* updated_at@""")
                    .organization(where("organization = :id").inArchive()),
            table("billing_profiles", "how an organization is billed", "organization", """
                            organization invoicing legal_name* address* country vat_id* tax_rate reverse_charge due_days
                            closed_until@ previous_from@ carried$ grants_seen$ updated_at@""")
                    .organization(where("organization = :id")
                            .inArchive()
                            .blanked(
                                    "legal_name = 'erased', address = '', country = '', vat_id = ''",
                                    "what was carried from one invoice to the next is the books'")),
            table("invoice_numbers", "the last number of an invoice", "name", "name last")
                    .nobodys("a counter"),
            table("invoices", "an invoice", "number", """
                            number sequence organization status period_from@ period_until@ zone issued_at@ due_at@ seller buyer*
                            subtotal$ applied$ rounding$ net$ tax_rate tax$ tax_note total$ paid$ credited$ void_reason*
                            ended_at@""")
                    .organization(where("organization = :id").inArchive().kept(INVOICES)),
            table(
                            "invoice_lines",
                            "a line of an invoice",
                            "invoice, position",
                            "invoice position usage_from@ usage_until@ model key_id requests amount$")
                    .organization(where("invoice in (select i.number from invoices i where i.organization = :id)")
                            .inArchive()
                            .kept(INVOICES)),
            table(
                            "invoice_payments",
                            "what was paid on an invoice",
                            "invoice, reference",
                            "invoice reference amount$ credited$ paid_at@")
                    .organization(where("invoice in (select i.number from invoices i where i.organization = :id)")
                            .inArchive()
                            .kept(INVOICES)),
            table(
                            "quotes",
                            "a price that binds for minutes",
                            "id",
                            "id organization key_id model price_version max$ expected$ expires_at@ used_by")
                    .organization(where("organization = :id").inArchive()));

    private MoneyTables() {}
}
