package dev.millrace.limits;

import dev.millrace.json.Json;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * The plan that an operator puts an organization on, and numbers of its own for its jobs, which go over the plan's.
 *
 * @param plan its name
 * @param open how many jobs may be open; null for what the plan says
 * @param running how many of them may run; null for what the plan says
 */
public record PlanChoice(
        String plan, @Nullable Long open, @Nullable Long running) {
    public PlanChoice {
        var unused = new JobLimits(plan, open == null ? 1 : open, running == null ? 1 : running);
    }

    /**
     * Of a body with {@code plan}, {@code open_jobs} and {@code running_jobs}, of which the first must be there.
     *
     * @throws IllegalArgumentException with a sentence that names the field
     */
    public static PlanChoice parse(ObjectNode body) {
        for (String name : body.propertyNames()) {
            if (!Set.of("plan", "open_jobs", "running_jobs").contains(name)) {
                throw new IllegalArgumentException(name + " is not known here");
            }
        }
        if (!body.path("plan").isString()) {
            throw new IllegalArgumentException("plan must be the name of a plan");
        }
        ObjectNode numbers = body.deepCopy();
        numbers.remove("plan");
        LimitRules rules = LimitRules.parse(numbers);
        return new PlanChoice(
                body.path("plan").asString(),
                rules.all(LimitRules.Measure.OPEN),
                rules.all(LimitRules.Measure.RUNNING));
    }

    /** The body that says it. */
    public ObjectNode body() {
        ObjectNode body = Json.object().put("plan", plan);
        if (open != null) {
            body.put("open_jobs", open.longValue());
        }
        if (running != null) {
            body.put("running_jobs", running.longValue());
        }
        return body;
    }
}
