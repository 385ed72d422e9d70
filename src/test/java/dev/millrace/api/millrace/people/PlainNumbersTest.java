package dev.millrace.api.millrace.people;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.access.NewKey;
import dev.millrace.app.Gateway;
import dev.millrace.server.RouteInfo;
import dev.millrace.testkit.Caller;
import dev.millrace.testkit.Caller.Reply;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Numbers as everybody reads them: no route of any dialect answers with an exponent, as 0E-9. */
class PlainNumbersTest {
    private static final Pattern TEXTS = Pattern.compile("\"(\\\\.|[^\"\\\\])*\"");
    private static final Pattern EXPONENT = Pattern.compile("[0-9][eE][-+0-9]");

    @Test
    void no_json_route_answers_with_an_exponent() {
        Map<String, String> settings = new HashMap<>(Folk.OPEN);
        settings.put("payments.stripe_key", "sk_test_ofthematrix0123456789");
        settings.put("payments.stripe_url", "http://127.0.0.1:1");
        try (Gateway gateway = Gateway.start(settings)) {
            NewKey owner = gateway.customer("0.000000001");
            gateway.fund(owner.organization().text(), "20");
            Map<String, String> objects = AccessObjects.of(gateway, owner);
            List<String> wrong = new ArrayList<>();
            int asked = 0;
            for (Caller caller : List.of(gateway.caller(owner), gateway.caller(gateway.operator()))) {
                for (RouteInfo route : gateway.routes()) {
                    if (!route.method().equals("GET") || route.pattern().endsWith("/events")) {
                        continue;
                    }
                    String id = AccessRows.object(route).map(objects::get).orElse("absent");
                    Reply reply = caller.get(AccessRows.path(route, id));
                    if (String.valueOf(reply.headers().get("content-type")).contains("json")) {
                        asked++;
                        String bare = TEXTS.matcher(reply.text()).replaceAll("");
                        if (EXPONENT.matcher(bare).find()) {
                            wrong.add(AccessRows.name(route) + ": " + reply.text());
                        }
                    }
                }
            }
            assertThat(wrong).isEmpty();
            assertThat(asked).isGreaterThan(100);
        }
    }
}
