package dev.millrace.app.demo;

import dev.millrace.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import tools.jackson.databind.JsonNode;

/** One streamed chat answer, shown word by word as it comes. */
final class ChatRun {
    private static final int LINE = 92;
    private static final String INDENT = "         ";

    private final Client client;
    private final Screen screen;
    private final StringBuilder answer = new StringBuilder();
    private int column = INDENT.length();
    private String id = "";
    private String usage = "";

    ChatRun(Client client, Screen screen) {
        this.client = client;
        this.screen = screen;
    }

    Made run(Piece piece, Path folder) throws IOException {
        screen.line("  " + String.format("%-6s ", piece.name()) + screen.dim("› " + piece.prompt()));
        screen.text(INDENT);
        client.events("POST", "/api/v1/chat/completions", piece.chatRequest(), this::read);
        screen.line("");
        screen.line(INDENT + screen.dim(usage));
        Path file = folder.resolve(piece.file() + ".txt");
        Files.writeString(file, answer + "\n");
        return new Made(piece, "live:" + id.substring(id.indexOf('-') + 1), file);
    }

    private boolean read(String data) throws IOException {
        if (data.equals("[DONE]")) {
            return false;
        }
        JsonNode chunk = Json.readOwn(data);
        if (chunk.has("error")) {
            throw new ApiFailure("chat: " + chunk.path("error").path("message").asString(""));
        }
        id = chunk.path("id").asString(id);
        String piece =
                chunk.path("choices").path(0).path("delta").path("content").asString("");
        answer.append(piece);
        show(piece);
        JsonNode used = chunk.path("usage");
        if (used.isObject()) {
            usage = used.path("prompt_tokens").asInt() + " tokens in, "
                    + used.path("completion_tokens").asInt() + " out";
        }
        return true;
    }

    /** Breaks lines at spaces, so that a word is never cut by the edge of the screen. */
    private void show(String piece) {
        StringBuilder shown = new StringBuilder();
        for (int i = 0; i < piece.length(); i++) {
            char letter = piece.charAt(i);
            boolean full = letter == ' ' && column >= LINE;
            if (letter == '\n' || full) {
                shown.append('\n').append(INDENT);
                column = INDENT.length();
            } else {
                shown.append(letter);
                column++;
            }
        }
        screen.text(shown.toString());
    }
}
