package dev.millrace.routing;

import dev.millrace.access.Environment;
import dev.millrace.access.Principal;
import dev.millrace.catalog.Deployment;
import dev.millrace.catalog.Model;
import dev.millrace.meter.Modality;
import dev.millrace.problem.ProblemCode;
import dev.millrace.problem.ProblemException;
import dev.millrace.provider.Provider;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/**
 * Orders the upstreams that can serve a model. A deployment counts when its provider is configured and can run the model's
 * modality; when none does, the sandbox serves the model, unless the operator has turned it off.
 */
public final class Router {
    private final Map<String, Provider> providers;
    private final RandomGenerator random;

    /**
     * @param providers the configured adapters by name
     * @param random shared by all requests, so one that threads may share
     */
    public Router(Map<String, Provider> providers, RandomGenerator random) {
        this.providers = Map.copyOf(providers);
        this.random = random;
    }

    /** The adapter of this name, when it is configured. */
    public Optional<Provider> provider(String name) {
        return Optional.ofNullable(providers.get(name));
    }

    /**
     * The upstreams to try for a request, the first one first: by priority, and within one priority drawn by weight.
     *
     * @throws ProblemException {@code NO_CAPACITY} when there is none
     */
    public List<Route> plan(Model model, Principal principal) {
        return plan(model, principal.environment());
    }

    /** As {@link #plan(Model, Principal)}, for requests of a kind of keys. */
    public List<Route> plan(Model model, Environment environment) {
        List<Route> routes = switch (environment) {
            case TEST -> sandbox(model);
            case LIVE -> live(model);
        };
        if (routes.isEmpty()) {
            throw new ProblemException(ProblemCode.NO_CAPACITY, refusal(model, environment));
        }
        return routes;
    }

    private List<Route> live(Model model) {
        TreeMap<Integer, List<Route>> byPriority = model.deployments().stream()
                .filter(deployment -> deployment.weight() > 0)
                .flatMap(deployment -> route(model, deployment).stream())
                .collect(Collectors.groupingBy(
                        route -> route.deployment().priority(), TreeMap::new, Collectors.toCollection(ArrayList::new)));
        List<Route> routes = new ArrayList<>();
        byPriority.values().forEach(group -> drawAll(group, routes));
        return routes.isEmpty() ? sandbox(model) : routes;
    }

    private List<Route> sandbox(Model model) {
        Deployment deployment = model.deployments().stream()
                .filter(one -> one.provider().equals(Deployment.SANDBOX))
                .min(Comparator.comparingInt(Deployment::priority))
                .orElseGet(() -> new Deployment(Deployment.SANDBOX, model.id(), 1, 1));
        return route(model, deployment).stream().toList();
    }

    private Optional<Route> route(Model model, Deployment deployment) {
        return Optional.ofNullable(providers.get(deployment.provider()))
                .filter(provider -> runs(provider, model.modality()))
                .map(provider -> new Route(deployment, provider));
    }

    private static boolean runs(Provider provider, Modality modality) {
        return switch (modality) {
            case LANGUAGE -> provider.text().isPresent();
            case IMAGE, VIDEO, MUSIC, SPEECH, TRANSCRIPTION -> provider.media().isPresent();
        };
    }

    /** Moves every route of the group behind the others, each next one drawn with the chance that its weight gives it. */
    private void drawAll(List<Route> group, List<Route> routes) {
        while (group.size() > 1) {
            long point = random.nextLong(group.stream()
                    .mapToLong(route -> route.deployment().weight())
                    .sum());
            int index = 0;
            while (point >= group.get(index).deployment().weight()) {
                point -= group.get(index).deployment().weight();
                index++;
            }
            routes.add(group.remove(index));
        }
        routes.addAll(group);
    }

    private static String refusal(Model model, Environment environment) {
        return switch (environment) {
            case TEST -> "A test key reaches the sandbox only, and the sandbox is turned off here.";
            case LIVE -> "No upstream that serves " + model.id() + " is configured.";
        };
    }
}
