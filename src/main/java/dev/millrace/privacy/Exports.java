package dev.millrace.privacy;

import dev.millrace.access.Organization;
import dev.millrace.access.Organizations;
import dev.millrace.access.people.People;
import dev.millrace.access.people.Person;
import dev.millrace.assets.Assets;
import dev.millrace.db.Database;
import dev.millrace.db.Tx;
import dev.millrace.id.AssetId;
import dev.millrace.id.OrganizationId;
import dev.millrace.id.PersonId;
import dev.millrace.invoices.FullInvoice;
import dev.millrace.invoices.InvoiceCsv;
import dev.millrace.invoices.Invoices;
import dev.millrace.problem.ProblemCode;
import dev.millrace.problem.ProblemException;
import dev.millrace.trail.Actor;
import dev.millrace.trail.Trail;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Hands out everything that belongs to an organization or a person as one ZIP file. All rows are of one snapshot of the database; files
 * that go meanwhile are left out. Safe for all threads.
 */
public final class Exports {
    private final Rooms rooms;
    private final RowStore rows = new RowStore();

    /**
     * What it takes.
     *
     * @param folder where rows wait for their client; nobody else writes there
     */
    public record Rooms(
            Database database,
            Organizations organizations,
            People people,
            Invoices invoices,
            Assets assets,
            Trail trail,
            Path folder) {}

    public Exports(Rooms rooms) {
        this.rooms = rooms;
    }

    /** Removes what a crash left of archives; before the first is made. */
    public void sweep() {
        Spool.sweep(rooms.folder());
    }

    /** What was read of a subject. */
    private record Read(Instant at, List<String> invoices, List<String> files) {}

    /** An archive that is ready to be written, once. */
    public interface Ready {
        /** Writes it, however slowly; the stream stays open. */
        void write(OutputStream out) throws IOException;
    }

    /**
     * Makes an archive ready, and writes a line in the audit log.
     *
     * @throws ProblemException {@code NOT_FOUND} when there is no such organization or person, and for a person who was erased
     */
    public Ready of(Subject subject, Actor by) {
        Optional<String> email = rooms.database().read(tx -> email(tx, subject));
        if (!rooms.database().readOnly()) {
            rooms.database().writer().<Boolean>write(subject.id(), tx -> {
                rooms.trail().write(tx, about(by, subject), subject.kind() + ".export", subject.text(), Map.of());
                return true;
            });
        }
        return out -> write(subject, email.orElse(null), out);
    }

    private void write(Subject subject, @Nullable String email, OutputStream out) throws IOException {
        try (Spool spool = Spool.in(rooms.folder())) {
            Read read = rooms.database().read(tx -> read(tx, subject, Finding.of(subject, email), spool));
            // The stream belongs to the caller.
            Archive archive = new Archive(out);
            archive.add("README.txt", stream(ArchiveReadme.of(subject, read.at())), -1);
            for (Spool.Part part : spool.parts()) {
                try (InputStream bytes = Files.newInputStream(part.file())) {
                    archive.add(part.name(), bytes, part.rows());
                }
            }
            for (String number : read.invoices()) {
                add(archive, number);
            }
            for (String file : read.files()) {
                add(archive, AssetId.parse(file).orElseThrow());
            }
            archive.finish(subject, read.at());
        }
    }

    private Read read(Tx tx, Subject subject, Finding finding, Spool spool) {
        for (Entry entry : Inventory.ALL) {
            entry.of(subject)
                    .filter(Rule::exported)
                    .ifPresent(rule -> spool.write(
                            entry.table() + ".jsonl",
                            "",
                            lines -> rows.each(tx, entry, rule, finding, row -> lines.add(row + "\n"))));
        }
        if (subject instanceof Subject.OfOrganization(OrganizationId organization)) {
            statement(tx, organization, spool);
            return new Read(
                    tx.now(),
                    tx.list(
                            "select number from invoices where organization = ? order by sequence",
                            row -> row.text("number"),
                            organization),
                    tx.list(
                            "select id from assets where organization = ? and state = 'stored' order by id",
                            row -> row.text("id"),
                            organization));
        }
        return new Read(tx.now(), List.of(), List.of());
    }

    private static void statement(Tx tx, OrganizationId organization, Spool spool) {
        RunningStatement statement = new RunningStatement(organization);
        spool.write(
                "statement.csv",
                RunningStatement.HEAD,
                lines -> tx.each(RunningStatement.SQL, row -> lines.add(statement.line(row)), organization));
    }

    private void add(Archive archive, String number) throws IOException {
        Optional<FullInvoice> found =
                rooms.database().read(tx -> rooms.invoices().find(tx, number));
        if (found.isPresent()) {
            archive.add(
                    "invoices/" + number + ".pdf",
                    new ByteArrayInputStream(rooms.invoices().pdf(found.get())),
                    -1);
            archive.add("invoices/" + number + ".csv", stream(InvoiceCsv.of(found.get())), -1);
        }
    }

    private void add(Archive archive, AssetId id) throws IOException {
        Optional<Assets.Opened> opened = rooms.assets().open(id);
        if (opened.isEmpty()) {
            return;
        }
        String name = opened.get().asset().fileName().replaceAll("[^A-Za-z0-9._-]", "_");
        try (InputStream bytes = Files.newInputStream(opened.get().file())) {
            archive.add("files/" + id + "-" + name, bytes, -1);
        } catch (NoSuchFileException erasedMeanwhile) {
            return;
        }
    }

    private Optional<String> email(Tx tx, Subject subject) {
        return switch (subject) {
            case Subject.OfOrganization(OrganizationId id) -> {
                Organization unused = rooms.organizations().find(tx, id).orElseThrow(() -> absent(subject));
                yield Optional.empty();
            }
            case Subject.OfPerson(PersonId id) -> {
                Person person = rooms.people().find(tx, id).orElseThrow(() -> absent(subject));
                yield Optional.of(person.email().text());
            }
        };
    }

    private static Actor about(Actor by, Subject subject) {
        return subject instanceof Subject.OfOrganization(OrganizationId id) ? by.about(id) : by.about(null);
    }

    private static ProblemException absent(Subject subject) {
        return new ProblemException(ProblemCode.NOT_FOUND, "There is no such " + subject.kind() + ".");
    }

    private static InputStream stream(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }
}
