package dev.millrace.api.apiframe;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.api.apiframe.ApiframeSettings.SecretForm;
import dev.millrace.crypto.Digest;
import org.junit.jupiter.api.Test;

/** The vectors of the contract, for both forms of the secret. */
class WebhookSignatureTest {
    private static final String KEY = "afk_" + "0".repeat(40);
    private static final byte[] BODY =
            "{\"event\":\"progress\",\"jobId\":\"j1\",\"status\":\"PROCESSING\",\"progress\":45,\"model\":\"midjourney\"}"
                    .getBytes(UTF_8);
    private static final String HASH = Digest.hex(Digest.sha256(KEY));

    @Test
    void the_secret_is_the_hash_of_the_whole_key() {
        assertThat(HASH).isEqualTo("382a5d4e99097be0aae13d079c926456aecf0f08d668a01a0da17badbfcf7ccb");
    }

    @Test
    void the_raw_bytes_sign_as_the_official_client_checks() {
        assertThat(WebhookSignature.of(HASH, SecretForm.RAW, BODY))
                .isEqualTo("sha256=ce2987ca1013b02b1a6aaa65e5646362db017c84d6b3bc17502a7a5738f5ca51");
    }

    @Test
    void the_hexadecimal_text_signs_where_a_setting_says_so() {
        assertThat(WebhookSignature.of(HASH, SecretForm.HEX, BODY))
                .isEqualTo("sha256=39ca7f30d0133f18b6d5d7a8c3dfcfb2c9187999851e16d169066c70a9bbb585");
    }
}
