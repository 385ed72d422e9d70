package dev.millrace.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RoutesTest {
    private static final List<String> PATTERNS = List.of(
            "/",
            "/models",
            "/{model}",
            "/{+rest}",
            "/v1/jobs",
            "/v1/jobs/{id}",
            "/v1/{kind}/{id}",
            "/v1/{+rest}",
            "/v1/jobs/{id}/events",
            "/requests/{id}/status",
            "/estimate/{+model}");

    @ParameterizedTest
    @CsvSource({
        "/, /",
        "/models, /models",
        "/flux, /{model}",
        "/models/, /{+rest}",
        "/a/b/c, /{+rest}",
        "/v1/jobs, /v1/jobs",
        "/v1/jobs/7, /v1/jobs/{id}",
        "/v1/images/7, /v1/{kind}/{id}",
        "/v1/jobs/7/events, /v1/jobs/{id}/events",
        "/v1/jobs/7/other, /v1/{+rest}",
        "/v1, /{model}",
        "/requests/1/status, /requests/{id}/status",
        "/requests/1/other, /{+rest}",
        "/requests//status, /{+rest}",
        "/estimate/a/b, /estimate/{+model}",
        "/models;jsessionid=1, /{model}",
        "/%6dodels, /models",
        "/v1%2Fjobs, /{model}"
    })
    void the_most_specific_pattern_owns_a_path(String path, String pattern) {
        List<String> order = new ArrayList<>(PATTERNS);
        for (int seed = 0; seed < 20; seed++) {
            Collections.shuffle(order, new Random(seed));
            assertThat(owner(order, path)).as("order %s", order).isEqualTo(pattern);
        }
    }

    @Test
    void parameters_are_decoded_once() {
        Route route = new Route("GET", "/a/{x}/{+rest}", "", "", request -> Response.empty(200), Door.errors("a"));
        String[] path = new RequestTarget("/a/b%2Fc%2525/d%20e/f", null).segments();
        assertThat(RoutePattern.values(route, path)).containsExactly("b/c%25", "d e/f");
    }

    @ParameterizedTest
    @CsvSource({
        "/../etc/passwd",
        "/a/%2e%2e/b",
        "/a/.%2E",
        "/a/./b",
        "/a/%2e",
        "/a/..%2fb",
        "/a/b%2f..%2fc",
        "/a%00b",
        "/a%0d%0ab",
        "/a%5c..%5cb",
        "/a\\b",
        "/a%",
        "/a%2",
        "/a%zz",
        "/a%ff",
        "/a%c0%af",
        "/é",
        "/a b",
        "a/b",
        "''"
    })
    void a_path_that_could_mean_two_things_is_refused(String path) {
        assertThatThrownBy(() -> new RequestTarget(path, null).segments()).hasMessage("invalid_request");
    }

    @Test
    void a_double_encoded_path_stays_text() {
        assertThat(new RequestTarget("/a/%252e%252e/b", null).segments()).containsExactly("a", "%2e%2e", "b");
    }

    @Test
    void a_query_is_read_strictly() {
        var target = new RequestTarget("/", "a=1&b=x%20y+z&a=2&c&&d=");
        assertThat(target.query("a")).contains("1");
        assertThat(target.query("b")).contains("x y z");
        assertThat(target.query("c")).contains("");
        assertThat(target.query("d")).contains("");
        assertThat(target.query("e")).isEmpty();
        assertThat(target.queryNames()).containsExactly("a", "b", "a", "c", "d");
        for (String bad : List.of("a=%ff", "a=%", "a=%e", "%c3=1", "a=%c0%80")) {
            assertThatThrownBy(() -> new RequestTarget("/", bad).query("a")).hasMessage("invalid_request");
        }
    }

    @Test
    void a_pattern_is_registered_once_and_well_formed() {
        Routes.Group group = new Routes().group(Door.errors("a"));
        group.get("/a/{x}", request -> Response.empty(200));
        for (String bad : List.of("/a/{y}", "a", "/{+x}/b", "/a//b", "/a/{x}/{x}", "/a/b{x}")) {
            assertThatThrownBy(() -> group.get(bad, request -> Response.empty(200)))
                    .as(bad)
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    private static String owner(List<String> patterns, String path) {
        var routes = new Routes();
        for (String pattern : patterns) {
            routes.group(Door.errors("a")).get(pattern, request -> Response.empty(200));
        }
        String[] segments = new RequestTarget(path, null).segments();
        RouteNode node = routes.root().find(segments);
        return node == null ? "none for " + Arrays.toString(segments) : node.any().pattern;
    }
}
