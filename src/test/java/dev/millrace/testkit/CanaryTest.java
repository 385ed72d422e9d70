package dev.millrace.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class CanaryTest {
    private final Canary canary = new Canary("vögelchen im bergwerk");

    @Test
    void it_is_found_in_every_coat() {
        String text = canary.text();
        for (String around : new String[] {"", "x", "xy", "xyz"}) {
            byte[] bytes = (around + text + around).getBytes(StandardCharsets.UTF_8);
            assertThat(canary.in(bytes)).isNotEmpty();
            assertThat(canary.in(Base64.getEncoder().encodeToString(bytes))).isNotEmpty();
            assertThat(canary.in(Base64.getUrlEncoder().encodeToString(bytes))).isNotEmpty();
            assertThat(canary.in(HexFormat.of().formatHex(bytes))).isNotEmpty();
            assertThat(canary.in((around + text).getBytes(StandardCharsets.UTF_16LE)))
                    .isNotEmpty();
        }
        assertThat(canary.in(java.net.URLEncoder.encode(text, StandardCharsets.UTF_8)))
                .isNotEmpty();
    }

    @Test
    void it_is_not_found_where_it_is_not() {
        assertThat(canary.in("vögelchen im berg")).isEmpty();
        assertThat(canary.in(new byte[1000])).isEmpty();
    }
}
