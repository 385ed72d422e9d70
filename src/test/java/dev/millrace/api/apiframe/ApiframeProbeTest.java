package dev.millrace.api.apiframe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.app.Gateway;
import dev.millrace.testkit.Caller.Reply;
import dev.millrace.testkit.Script;
import dev.millrace.testkit.ScriptedUpstream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Routes that look at their file before they take a request: what can not be had is refused, and costs nothing. */
class ApiframeProbeTest {
    private static final byte[] PNG =
            HexFormat.of().parseHex("89504e470d0a1a0a0000000d4948445200000040000000400806000000");

    @Test
    void an_upscale_is_refused_when_its_file_can_not_be_had() {
        try (Gateway gateway = Gateway.start(Map.of("egress.allow", "127.0.0.0/8"));
                ScriptedUpstream other = ScriptedUpstream.start()) {
            Desk desk = Desk.of(gateway, gateway.customer("5"));
            String url = "http://127.0.0.1:" + other.port() + "/a.png";
            String body = "{\"model\":\"topaz-image-upscale\",\"topazUpscaleParams\":{\"image\":\"" + url + "\"}}";
            other.script(Script.status(404));
            refused(desk.post("/v2/images/upscale", body), "status 404");
            other.script(Script.redirect("http://127.0.0.1/"));
            refused(desk.post("/v2/images/upscale", body), "redirect");
            other.script(Script.status(200, List.of(), "<html>".getBytes(StandardCharsets.UTF_8)));
            refused(desk.post("/v2/images/upscale", body), "must be a PNG");
            assertThat(gateway.jobs()).isEmpty();
            assertThat(gateway.openHolds()).isZero();
            int before = other.requests().size();
            other.script(Script.status(200, List.of(), PNG), Script.status(404));
            Reply accepted = desk.post("/v2/images/upscale", body);
            assertThat(accepted.status()).as(accepted.toString()).isEqualTo(202);
            desk.ended(accepted.at("jobId"));
            assertThat(other.requests())
                    .as("fetched once, and kept for the job")
                    .hasSize(before + 1);
            gateway.check();
        }
    }

    private static void refused(Reply reply, String words) {
        assertThat(reply.status()).as(reply.toString()).isEqualTo(400);
        assertThat(reply.text()).contains("image", words);
    }
}
