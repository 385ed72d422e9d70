package dev.millrace.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.testkit.Caller;
import dev.millrace.testkit.Caller.Reply;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A browser without scripts, as far as pages need one: it keeps cookies and sends forms. */
record Browser(String url, Map<String, String> cookies) {
    static final String PASSWORD = "four words say it";
    private static final Pattern TOKEN = Pattern.compile("name=\"form_token\" value=\"([0-9a-f]{64})\"");

    static Browser fresh(String url) {
        return new Browser(url, new TreeMap<>());
    }

    /** Somebody new with an organization of that name, signed in; the server lets everybody sign up. */
    static Browser signedUp(String url, String name) {
        Browser browser = fresh(url);
        Reply reply = browser.fill(
                "/console/sign-up",
                "/console/sign-up",
                Map.of("name", name, "email", address(name), "password", PASSWORD));
        assertThat(reply.status()).as(reply.toString()).isEqualTo(303);
        assertThat(reply.header("Location")).isEqualTo("/console/overview");
        return browser;
    }

    /** The address that somebody of that name signs up with. */
    static String address(String name) {
        return name.replaceAll("\\W", "").toLowerCase(Locale.ROOT) + "@example.org";
    }

    Reply get(String path) {
        return keep(caller().call("GET", path, new byte[0]));
    }

    Reply send(String path, Map<String, String> fields) {
        String body = fields.entrySet().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        return keep(caller().with("Content-Type", "application/x-www-form-urlencoded")
                .call("POST", path, body.getBytes(StandardCharsets.UTF_8)));
    }

    /** Fills in the form of a page, with the token that stands in it. */
    Reply fill(String page, String action, Map<String, String> fields) {
        Map<String, String> all = new TreeMap<>(fields);
        all.put("form_token", token(get(page)));
        return send(action, all);
    }

    /** The token of the first form of a page. */
    static String token(Reply page) {
        return found(page, TOKEN);
    }

    /** What the pattern's first group finds on a page. */
    static String found(Reply page, Pattern pattern) {
        Matcher found = pattern.matcher(page.text());
        assertThat(found.find()).as(pattern + " in " + page).isTrue();
        return found.group(1);
    }

    private Caller caller() {
        String sent = cookies.entrySet().stream()
                .map(one -> one.getKey() + "=" + one.getValue())
                .collect(Collectors.joining("; "));
        Caller caller = new Caller(url).with("Accept", "text/html");
        return sent.isEmpty() ? caller : caller.with("Cookie", sent);
    }

    private Reply keep(Reply reply) {
        String set = reply.header("Set-Cookie");
        if (!set.isEmpty()) {
            String[] pair = set.split(";", 2)[0].split("=", 2);
            cookies.put(pair[0], pair[1]);
        }
        return reply;
    }
}
