package dev.millrace.api.millrace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.api.millrace.people.Folk;
import dev.millrace.api.millrace.people.Folk.Somebody;
import dev.millrace.app.Gateway;
import dev.millrace.testkit.Caller;
import dev.millrace.testkit.Caller.Reply;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class OwnKeyCapTest {
    @Test
    void a_developer_may_tighten_the_cap_of_a_key_of_his_own_and_not_loosen_it() {
        try (Gateway gateway = Gateway.start(Folk.OPEN)) {
            Somebody ann = Folk.signUp(gateway, "ann");
            Caller bob = developer(ann, Folk.signUp(gateway, "bob"));
            String key = "/api/v1/keys/"
                    + bob.post("/api/v1/keys", "{\"name\":\"mine\",\"environment\":\"test\",\"limit\":9}")
                            .json()
                            .path("data")
                            .path("hash")
                            .asString();
            assertThat(patch(ann.caller(), key, "{\"limit\":5}").status()).isEqualTo(200);
            for (String looser : new String[] {
                "{\"limit\":6}",
                "{\"limit\":null}",
                "{\"limit_reset\":\"daily\"}",
                "{\"limit\":5,\"limit_reset\":\"daily\"}",
                "{\"caps\":{\"total_usd\":\"5.01\"}}",
                "{\"caps\":{\"total_usd\":null}}"
            }) {
                Reply refused = patch(bob, key, looser);
                assertThat(refused.status()).as(looser).isEqualTo(403);
                assertThat(refused.toString()).contains("may lower the cap of a key by total");
            }
            assertThat(patch(bob, key, "{\"name\":\"ours\",\"limit\":4,\"caps\":{\"day_usd\":\"1\"}}")
                            .status())
                    .isEqualTo(200);
            assertThat(patch(ann.caller(), key, "{\"limit\":50}").status()).isEqualTo(200);
        }
    }

    private static Caller developer(Somebody host, Somebody guest) {
        Reply invited =
                host.caller().post("/api/v1/invitations", "{\"role\":\"developer\",\"email\":\"bob@example.org\"}");
        assertThat(guest.caller()
                        .post("/api/v1/invitations/accept", "{\"token\":\"" + invited.at("token") + "\"}")
                        .status())
                .isEqualTo(201);
        return guest.caller().with("Millrace-Organization", host.organization());
    }

    private static Reply patch(Caller caller, String path, String body) {
        return caller.with("Content-Type", "application/json")
                .call("PATCH", path, body.getBytes(StandardCharsets.UTF_8));
    }
}
