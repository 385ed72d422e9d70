package dev.millrace.app.demo;

import dev.millrace.id.IdSource;
import dev.millrace.money.Money;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Runs everything and shows the statement. */
public final class Demo {
    private final Client client;
    private final Screen screen;
    private final Path folder;
    private final IdSource ids;

    /**
     * @param terminal whether lines may be drawn again
     * @param folder where the four files go; made when it is not there
     */
    public Demo(Client client, PrintWriter out, boolean terminal, Path folder, IdSource ids) {
        this.client = client;
        this.screen = new Screen(out, terminal);
        this.folder = folder;
        this.ids = ids;
    }

    /**
     * Makes the four files.
     *
     * @param where what is said about the server
     * @return whether the statement adds up
     * @throws IOException when a file can not be written, or the server refuses
     */
    public boolean run(String where) throws IOException, InterruptedException {
        Files.createDirectories(folder);
        screen.line("");
        screen.line("  " + screen.bold("Millrace") + "  " + screen.dim(where));
        screen.line("");
        Money before = Statement.balance(client);
        List<Made> all = new ArrayList<>(media());
        screen.settle();
        screen.line("");
        all.add(new ChatRun(client, screen).run(Piece.CHAT, folder));
        screen.line("");
        Statement statement = Statement.read(client, all, before);
        StatementTable table = new StatementTable(screen, statement);
        table.show();
        table.files(all);
        return statement.addsUp();
    }

    /** Image, video and track at once. */
    private List<Made> media() throws IOException, InterruptedException {
        Piece.MEDIA.forEach(piece -> screen.add(piece.name()));
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Made>> runs = Piece.MEDIA.stream()
                    .map(piece -> threads.submit(new MediaRun(client, screen, piece, folder, "demo-" + ids.uuid())))
                    .toList();
            List<Made> made = new ArrayList<>();
            for (Future<Made> run : runs) {
                made.add(run.get());
            }
            return made;
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException failure ? failure : new IOException(e.getCause());
        }
    }
}
