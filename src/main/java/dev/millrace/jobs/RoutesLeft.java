package dev.millrace.jobs;

import dev.millrace.jobs.JobRow.Course;
import dev.millrace.provider.MediaProvider;
import dev.millrace.provider.TextProvider;
import dev.millrace.routing.Route;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The upstreams that a job may go to still; each is tried once. */
final class RoutesLeft {
    private final List<Route> all;
    private final List<Route> left;

    RoutesLeft(List<Route> plan) {
        this.all = plan;
        this.left = new ArrayList<>(plan);
    }

    /** The adapter of a course; empty when it is not configured any more. */
    Optional<MediaProvider> adapter(Course course) {
        return all.stream()
                .filter(route -> matches(route, course))
                .findFirst()
                .flatMap(route -> route.provider().media());
    }

    /** The same for language. */
    Optional<TextProvider> text(Course course) {
        return all.stream()
                .filter(route -> matches(route, course))
                .findFirst()
                .flatMap(route -> route.provider().text());
    }

    void tried(Course course) {
        left.removeIf(route -> matches(route, course));
    }

    /** The course of the next submission; empty when every upstream was tried. */
    Optional<Course> after(Course course) {
        return left.stream()
                .findFirst()
                .map(route ->
                        course.next(route.provider().name(), route.deployment().upstreamModel()));
    }

    private static boolean matches(Route route, Course course) {
        return route.provider().name().equals(course.provider())
                && route.deployment().upstreamModel().equals(course.upstreamModel());
    }
}
