package dev.millrace.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.millrace.testkit.Program;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Runs docs/operate.md as it stands: every command, in order, in one bash, against a server of its own. Each must end with 0, unless the
 * page shows that it is refused, and print what the page shows behind it, where {@code …} stands for anything. What {@code ./millrace}
 * does besides serving is done in this JVM, as a start for each command would take minutes.
 */
class OperatePageTest {
    private static final long PATIENCE_MINUTES = 8;

    @TempDir
    Path folder;

    /**
     * A command of the page, and what it shows of its answer.
     *
     * @param shown empty where nothing is shown
     */
    private record Step(String command, String shown) {}

    @Test
    void every_command_of_the_page_does_what_the_page_says() throws Exception {
        String port = Integer.toString(freePort());
        List<Step> steps = steps(Files.readString(Path.of("docs/operate.md")).replace(":8080", ":" + port));
        assertThat(steps).hasSizeGreaterThan(60);
        HttpServer desk = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            desk.setExecutor(executor);
            desk.createContext("/", this::admin);
            desk.start();
            millrace(desk.getAddress().getPort());
            walk(steps, port);
        } finally {
            desk.stop(0);
        }
        List<String> faults = new ArrayList<>();
        for (int i = 0; i < steps.size(); i++) {
            faults.addAll(faults(steps.get(i), i));
        }
        assertThat(faults).isEmpty();
    }

    private List<String> faults(Step step, int number) throws IOException {
        Path code = folder.resolve("code." + number);
        if (!Files.exists(code)) {
            return List.of("never ended: " + step.command());
        }
        String said = Files.readString(folder.resolve("said." + number));
        boolean refused = step.shown().contains("millrace: ");
        if (Files.readString(code).strip().equals("0") == refused) {
            return List.of("exit code " + Files.readString(code).strip() + ": " + step.command() + "\n" + said);
        }
        return fits(step.shown(), said)
                ? List.of()
                : List.of(step.command() + "\n--- the page shows\n" + step.shown() + "\n--- it said\n" + said);
    }

    /** Spaces don't count; each piece between two {@code …} comes behind the one before. */
    private static boolean fits(String shown, String said) {
        if (shown.isBlank()) {
            return true;
        }
        String text = said.replaceAll("\\s", "");
        List<String> pieces = List.of(shown.replaceAll("\\s", "").split("…", -1));
        int at = 0;
        for (String piece : pieces) {
            int found = text.indexOf(piece, at);
            if (found < 0) {
                return false;
            }
            at = found + piece.length();
        }
        return text.startsWith(pieces.getFirst()) && text.endsWith(pieces.getLast());
    }

    /** A line that is indented, or ends what one began, belongs to the command before it. */
    private static List<Step> steps(String page) {
        List<Step> steps = new ArrayList<>();
        for (String block : page.split("```sh\n")) {
            if (steps.isEmpty() && block.startsWith("#")) {
                continue; // what stands before the first block
            }
            boolean open = false;
            for (String line : block.split("\n```")[0].lines().toList()) {
                Step last = open ? steps.getLast() : new Step("", "");
                if (line.startsWith("#")) {
                    steps.set(steps.size() - 1, new Step(last.command(), last.shown() + line.substring(1) + "\n"));
                } else if (line.startsWith(" ") || line.startsWith("}") || line.startsWith("done")) {
                    steps.set(steps.size() - 1, new Step(last.command() + "\n" + line, ""));
                } else {
                    steps.add(new Step(line, ""));
                }
                open = true;
            }
        }
        return steps;
    }

    private void walk(List<Step> steps, String port) throws Exception {
        StringBuilder script = new StringBuilder("trap '[ -z \"$SERVER\" ] || kill $SERVER 2>/dev/null' EXIT\n");
        for (int i = 0; i < steps.size(); i++) {
            script.append("{\n%s\n} > said.%d 2>&1; echo $? > code.%d\n"
                    .formatted(steps.get(i).command(), i, i));
        }
        Files.writeString(folder.resolve("page.sh"), script);
        ProcessBuilder builder = new ProcessBuilder("bash", "page.sh")
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("page.out").toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("MILLRACE_"));
        builder.environment().put("MILLRACE_SERVER_PORT", port);
        Process bash = builder.start();
        if (!bash.waitFor(PATIENCE_MINUTES, TimeUnit.MINUTES)) {
            bash.descendants().forEach(ProcessHandle::destroyForcibly);
            bash.destroyForcibly();
        }
    }

    private void millrace(int desk) throws IOException {
        String java = Program.java().stream().map(word -> "'" + word + "'").collect(Collectors.joining(" "));
        Path script = Files.writeString(folder.resolve("millrace"), """
                #!/usr/bin/env bash
                if [ "$1" = serve ]; then exec %s "$@"; fi
                told=$(printf '%%s\\0' "$@" | curl -sS --data-binary @- http://127.0.0.1:%d/)
                cat "$told/out"; cat "$told/err" >&2; exit "$(cat "$told/code")"
                """.formatted(java, desk));
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    /** Runs one command, with its words as the body; answers the folder that has what it said. */
    private void admin(HttpExchange exchange) throws IOException {
        String[] words = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8).split("\0");
        for (int i = 1; i < words.length; i++) {
            words[i] = words[i - 1].equals("--out") ? folder.resolve(words[i]).toString() : words[i];
        }
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int code = Main.run(words, new PrintWriter(out, true), new PrintWriter(err, true));
        Path told = Files.createTempDirectory(folder, "told");
        Files.writeString(told.resolve("out"), out.toString().replace(folder + "/", ""));
        Files.writeString(told.resolve("err"), err.toString());
        Files.writeString(told.resolve("code"), Integer.toString(code));
        byte[] answer = told.toString().getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(200, answer.length);
        exchange.getResponseBody().write(answer);
        exchange.close();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
