package dev.millrace.privacy;

import java.time.Instant;

/** What an archive says of itself. */
final class ArchiveReadme {
    private ArchiveReadme() {}

    static String of(Subject subject, Instant takenAt) {
        StringBuilder text = new StringBuilder("""
                Everything that this installation of Millrace keeps of %s, as of %s.

                Each .jsonl file is one table: a JSON object on each line. Times are in UTC, amounts are US dollars as exact decimal
                texts. manifest.json lists every file with its length, its SHA-256 and its number of rows; a file without rows is left out.
                Secrets are in no archive: passwords, keys, second steps and their hashes, and what lies under seal.

                """.formatted(subject.text(), takenAt));
        for (Entry entry : Inventory.ALL) {
            entry.of(subject)
                    .filter(Rule::exported)
                    .ifPresent(rule -> text.append("%-28s %s%n".formatted(entry.table() + ".jsonl", entry.holds())));
        }
        if (subject instanceof Subject.OfOrganization) {
            text.append("""
                    statement.csv                every movement of the wallet, with the balance behind it
                    invoices/                    every invoice, as PDF and as a table
                    files/                       uploads and outputs that are kept still
                    """);
        }
        return text.toString();
    }
}
