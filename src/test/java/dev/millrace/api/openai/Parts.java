package dev.millrace.api.openai;

import dev.millrace.testkit.Caller;
import dev.millrace.testkit.Caller.Reply;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** A multipart body as OpenAI's clients write it. */
final class Parts {
    private static final String BOUNDARY = "----boundary-of-tests";

    private final ByteArrayOutputStream body = new ByteArrayOutputStream();

    Parts value(String name, String value) {
        return part("name=\"" + name + '"', "", value.getBytes(StandardCharsets.UTF_8));
    }

    Parts file(String name, String fileName, String type, byte[] bytes) {
        return part("name=\"" + name + "\"; filename=\"" + fileName + '"', "Content-Type: " + type + "\r\n", bytes);
    }

    private Parts part(String disposition, String head, byte[] bytes) {
        text("--" + BOUNDARY + "\r\nContent-Disposition: form-data; " + disposition + "\r\n" + head + "\r\n");
        body.writeBytes(bytes);
        text("\r\n");
        return this;
    }

    private void text(String text) {
        body.writeBytes(text.getBytes(StandardCharsets.UTF_8));
    }

    byte[] bytes() {
        var whole = new ByteArrayOutputStream();
        whole.writeBytes(body.toByteArray());
        whole.writeBytes(("--" + BOUNDARY + "--\r\n").getBytes(StandardCharsets.UTF_8));
        return whole.toByteArray();
    }

    static String type() {
        return "multipart/form-data; boundary=" + BOUNDARY;
    }

    Reply post(Caller client, String path) {
        return client.with("Content-Type", type()).call("POST", path, bytes());
    }
}
