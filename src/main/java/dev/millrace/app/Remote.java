package dev.millrace.app;

import dev.millrace.config.ConfigException;
import dev.millrace.id.OrganizationId;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The options of a command that can go through a running server instead of a data directory. */
final class Remote {
    private static final int PAGE = 200;

    @Option(names = "--url", description = "A running server to do it through, instead of a data directory.")
    private @Nullable String url;

    @Option(names = "--key", description = "A key that may do it, for --url.")
    private @Nullable String key;

    boolean chosen() {
        return url != null;
    }

    /** What the route answers. */
    ObjectNode send(String method, String path, @Nullable ObjectNode body) throws IOException {
        return send(method, path, body, null);
    }

    /** @param about another organization, for the operator's key; null for the key's own */
    ObjectNode send(String method, String path, @Nullable ObjectNode body, @Nullable OrganizationId about)
            throws IOException {
        return through(about, client -> client.send(method, path, body));
    }

    <R> R through(@Nullable OrganizationId about, RemoteAdmin.Call<R> call) throws IOException {
        if (url == null || key == null) {
            throw new ConfigException("--url needs --key");
        }
        return RemoteAdmin.through(url, key, about, call);
    }

    /**
     * The things that a list has, newest first, page after page.
     *
     * @param path with a question mark, and without {@code limit} and {@code cursor}
     */
    List<JsonNode> pages(String path, int most, @Nullable OrganizationId about) throws IOException {
        List<JsonNode> all = new ArrayList<>();
        String next = "";
        while (next != null && all.size() < most) {
            ObjectNode page = send(
                    "GET",
                    path + "&limit=" + Math.min(PAGE, most - all.size())
                            + (next.isEmpty() ? "" : "&cursor=" + MoneyOffice.escaped(next)),
                    null,
                    about);
            page.path("data").forEach(all::add);
            next = page.path("next_cursor").asStringOpt().orElse(null);
        }
        return all;
    }

    /** What the route answers to a file. */
    ObjectNode upload(String path, String contentType, byte[] file) throws IOException {
        return RemoteAdmin.through(server(), secret(), client -> client.upload(path, contentType, file));
    }

    /** What the route answers, as text. */
    String text(String path) throws IOException {
        return RemoteAdmin.through(server(), secret(), client -> client.text(path));
    }

    private String server() {
        return url == null ? "" : url;
    }

    private String secret() {
        if (key == null) {
            throw new ConfigException("--url needs --key");
        }
        return key;
    }

    /** Saves the file that the route answers. */
    void save(String path, Path file) throws IOException {
        if (url == null || key == null) {
            throw new ConfigException("--url needs --key");
        }
        RemoteAdmin.<Boolean>through(url, key, client -> {
            client.save(path, file);
            return true;
        });
    }
}
