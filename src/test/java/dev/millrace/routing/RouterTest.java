package dev.millrace.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.access.Environment;
import dev.millrace.catalog.Catalog;
import dev.millrace.catalog.Deployment;
import dev.millrace.catalog.Model;
import dev.millrace.problem.ProblemCode;
import dev.millrace.problem.ProblemException;
import dev.millrace.provider.MediaCall;
import dev.millrace.provider.MediaOutput;
import dev.millrace.provider.MediaProgress;
import dev.millrace.provider.MediaProvider;
import dev.millrace.provider.Provider;
import dev.millrace.provider.TextProvider;
import dev.millrace.testkit.Seeds;
import java.io.InputStream;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RouterTest {
    private static final Deployment FIRST = new Deployment("one", "m-one", 1, 3);
    private static final Deployment ALSO_FIRST = new Deployment("two", "m-two", 1, 1);
    private static final Deployment FALLBACK = new Deployment("three", "m-three", 2, 1);

    private final Model image = Catalog.bundled().find("sandbox/image").orElseThrow();

    @Test
    void a_model_without_a_configured_upstream_is_served_by_the_sandbox() {
        Router router = router("sandbox");
        assertThat(providers(router.plan(with(FIRST, FALLBACK), Environment.LIVE)))
                .containsExactly("sandbox");
        assertThat(router.plan(with(FIRST), Environment.LIVE).getFirst().deployment())
                .isEqualTo(new Deployment("sandbox", "sandbox/image", 1, 1));
        assertThat(providers(router.plan(image, Environment.LIVE))).containsExactly("sandbox");
    }

    @Test
    void a_live_key_does_not_get_sandbox_output_while_an_upstream_is_configured() {
        assertThat(providers(router("sandbox", "three").plan(with(FIRST, FALLBACK), Environment.LIVE)))
                .containsExactly("three");
    }

    @Test
    void a_test_key_reaches_the_sandbox_only() {
        Router router = router("sandbox", "one", "two", "three");
        assertThat(providers(router.plan(with(FIRST, ALSO_FIRST, FALLBACK), Environment.TEST)))
                .containsExactly("sandbox");
        Deployment own = new Deployment("sandbox", "painter", 9, 0);
        assertThat(router.plan(with(FIRST, own), Environment.TEST))
                .extracting(Route::deployment)
                .containsExactly(own);
        assertThatThrownBy(() -> router("one").plan(with(FIRST), Environment.TEST))
                .isInstanceOfSatisfying(ProblemException.class, e -> {
                    assertThat(e.problem().code()).isEqualTo(ProblemCode.NO_CAPACITY);
                    assertThat(e.problem().detail()).contains("sandbox");
                });
    }

    @Test
    void fallbacks_come_behind_and_weights_share_the_front() {
        Router router = router("sandbox", "one", "two", "three");
        Model model = with(FALLBACK, FIRST, ALSO_FIRST);
        Map<String, Integer> front = new HashMap<>();
        int runs = 4000;
        for (int i = 0; i < runs; i++) {
            List<String> order = providers(router.plan(model, Environment.LIVE));
            assertThat(order).hasSize(3).endsWith("three");
            front.merge(order.getFirst(), 1, Integer::sum);
        }
        assertThat(front.get("one") / (double) runs).isBetween(0.70, 0.80);
    }

    @Test
    void a_deployment_of_weight_zero_is_out() {
        Router router = router("sandbox", "one", "three");
        assertThat(providers(router.plan(with(new Deployment("one", "m", 1, 0), FALLBACK), Environment.LIVE)))
                .containsExactly("three");
    }

    @Test
    void a_provider_that_can_not_run_the_modality_is_passed_over() {
        Model text = Catalog.bundled().find("sandbox/text").orElseThrow();
        assertThatThrownBy(() -> router("sandbox").plan(text, Environment.LIVE))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e -> assertThat(e.problem().code()).isEqualTo(ProblemCode.NO_CAPACITY));
    }

    private Model with(Deployment... deployments) {
        return new Model(
                image.id(),
                image.aliases(),
                image.title(),
                image.description(),
                image.ownedBy(),
                image.family(),
                image.modality(),
                image.operations(),
                image.status(),
                image.input(),
                image.units(),
                image.prices(),
                List.of(deployments),
                image.timeout(),
                image.typical(),
                image.retention(),
                image.text(),
                image.capabilities(),
                image.moderation(),
                image.dialects());
    }

    private static List<String> providers(List<Route> routes) {
        return routes.stream().map(route -> route.provider().name()).toList();
    }

    private static Router router(String... names) {
        Map<String, Provider> providers = new HashMap<>();
        Set<String> all = new HashSet<>(List.of(names));
        all.forEach(name -> providers.put(name, new MediaOnly(name)));
        return new Router(providers, Seeds.random("RouterTest"));
    }

    /** A provider that says that it runs media, and is never asked to. */
    private record MediaOnly(String name) implements Provider, MediaProvider {
        @Override
        public Optional<TextProvider> text() {
            return Optional.empty();
        }

        @Override
        public Optional<MediaProvider> media() {
            return Optional.of(this);
        }

        @Override
        public boolean submitIsIdempotent() {
            return true;
        }

        @Override
        public String submit(MediaCall call) {
            throw new AssertionError("a router runs nothing");
        }

        @Override
        public MediaProgress poll(MediaCall call, String upstreamId) {
            throw new AssertionError("a router runs nothing");
        }

        @Override
        public InputStream open(MediaCall call, String upstreamId, MediaOutput output) {
            throw new AssertionError("a router runs nothing");
        }

        @Override
        public boolean cancel(MediaCall call, String upstreamId) {
            throw new AssertionError("a router runs nothing");
        }
    }
}
