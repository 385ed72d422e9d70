package dev.millrace.api.millrace.people;

import dev.millrace.access.Needs;
import dev.millrace.server.RouteInfo;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What has to be said of a route before it may be served: what it needs, and what the ids in it name. */
final class AccessRows {
    /** Pages take a browser's cookie and no key. */
    static final String CONSOLE = "/console/";

    /** What a route may say beside a permission. Who answers anybody may prove callers otherwise: by signed bodies, or links. */
    private static final Set<String> WORDS = Set.of(Needs.ANYONE, Needs.CALLER, Needs.PERSON);

    /** Parts of a path that name a thing of somebody's. */
    private static final Set<String> IDS = Set.of("id", "assetId", "hash", "number", "run", "subject");

    /** Parts that choose within such a thing, or name what is everybody's. */
    private static final Map<String, String> CHOICES =
            Map.of("index", "0", "period", "day", "name", "absent", "line", "1");

    private static final Pattern PART = Pattern.compile("\\{(\\w+)}");

    /** What the id in a pattern names, by how the pattern begins: the longest that fits. */
    private static final Map<String, String> OBJECTS = Map.ofEntries(
            Map.entry("/api/v1/jobs/", "job"),
            Map.entry("/api/v1/videos/", "video"),
            Map.entry("/api/v1/videos/generations/", "job"),
            Map.entry("/api/v1/storage/", "file"),
            Map.entry("/api/v1/keys/", "key"),
            Map.entry("/api/v1/caps/", "subject"),
            Map.entry("/api/v1/members/", "member"),
            Map.entry("/api/v1/invitations/", "invitation"),
            Map.entry("/api/v1/organizations/", "organization"),
            Map.entry("/api/v1/people/", "person"),
            Map.entry("/api/v1/sessions/", "session"),
            Map.entry("/api/v1/usage/", "charge"),
            Map.entry("/api/v1/wallet/topups/", "topup"),
            Map.entry("/api/v1/invoices/", "invoice"),
            Map.entry("/api/v1/codes/", "code"),
            Map.entry("/api/v1/audit/runs/", "run"),
            Map.entry("/api/v1/erasures/", "erasure"),
            Map.entry("/api/v1/reconciliations/", "reconciliation"),
            Map.entry("/requests/", "job"),
            Map.entry("/v1/job-sets/", "job"),
            Map.entry("/v1/custom-references/", "job"),
            Map.entry("/v1/videos/", "video"),
            Map.entry("/v2/jobs/", "job"),
            Map.entry("/v2/loras/", "job"),
            Map.entry("/v2/assets/", "file"));

    private AccessRows() {}

    static String name(RouteInfo route) {
        return route.method() + " " + route.pattern();
    }

    /** Routes of which nobody says what they need. */
    static List<String> unsaid(List<RouteInfo> routes) {
        return routes.stream()
                .filter(route -> !WORDS.contains(route.needs())
                        && Needs.permission(route.needs()).isEmpty())
                .map(AccessRows::name)
                .toList();
    }

    /** Routes with an id, or another part, of which nobody says what it names. */
    static List<String> rowless(List<RouteInfo> routes) {
        return routes.stream()
                .filter(route ->
                        !route.needs().equals(Needs.ANYONE) && !route.pattern().startsWith(CONSOLE))
                .filter(route -> unknownPart(route.pattern())
                        || aboutOne(route) && object(route).isEmpty())
                .map(AccessRows::name)
                .toList();
    }

    private static boolean unknownPart(String pattern) {
        return PART.matcher(pattern)
                .results()
                .anyMatch(part -> !IDS.contains(part.group(1)) && !CHOICES.containsKey(part.group(1)));
    }

    /** Whether an id in it names a thing of somebody's, whom it asks who he is. */
    static boolean aboutOne(RouteInfo route) {
        return !route.needs().equals(Needs.ANYONE)
                && !route.pattern().startsWith(CONSOLE)
                && PART.matcher(route.pattern()).results().anyMatch(part -> IDS.contains(part.group(1)));
    }

    /** The kind of thing that its id names. */
    static Optional<String> object(RouteInfo route) {
        return OBJECTS.keySet().stream()
                .filter(route.pattern()::startsWith)
                .max(Comparator.comparing(String::length))
                .map(OBJECTS::get);
    }

    /** A path of the route with this id in it. */
    static String path(RouteInfo route, String id) {
        Matcher part = PART.matcher(route.pattern().replaceAll("\\{\\+(\\w+)}$", "absent"));
        return part.replaceAll(
                found -> IDS.contains(found.group(1)) ? id : CHOICES.getOrDefault(found.group(1), "absent"));
    }
}
