package dev.millrace.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class WrittenBodyTest {
    private static final String TEXT = "0123456789".repeat(30_000);

    @Test
    void a_body_that_is_written_ends_on_a_connection_that_stays() throws IOException {
        try (Door door = new Door(routes -> routes.group(Door.errors("a"))
                .get(
                        "/a",
                        request -> Response.written(
                                "application/zip", out -> out.write(TEXT.getBytes(StandardCharsets.UTF_8)))))) {
            assertThat(door.get("/a").body()).isEqualTo(TEXT);
            assertThat(door.get("/a").body()).isEqualTo(TEXT);
        }
    }
}
