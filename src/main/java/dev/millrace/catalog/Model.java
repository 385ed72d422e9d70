package dev.millrace.catalog;

import dev.millrace.meter.Modality;
import dev.millrace.meter.Units;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/**
 * One model of the catalogue, immutable.
 *
 * @param id how it is asked for: lower-case ASCII path segments, as {@code sandbox/image}
 * @param aliases other ids that mean it
 * @param title its name for people
 * @param ownedBy who makes it
 * @param family the name of the models that belong together, as {@code Kling}
 * @param operations what it can do, as {@code text-to-image}
 * @param input the parameters that it takes
 * @param units how many units a request makes; empty for a language model, whose units are tokens
 * @param deployments the upstreams that serve it; never empty
 * @param timeout how long one request may take before it fails
 * @param typical how long one request usually takes, until runs have taught it
 * @param retention how long its outputs are kept
 * @param text its token limits; empty unless it is a language model
 * @param capabilities what else a client may want to know, as {@code streaming} or {@code seed}
 * @param moderation the name of the policy that its inputs and outputs pass: {@code standard}, {@code strict} or {@code off}
 * @param dialects what single dialects have to know of it, by dialect and fact
 */
public record Model(
        String id,
        List<String> aliases,
        String title,
        String description,
        String ownedBy,
        String family,
        Modality modality,
        List<String> operations,
        ModelStatus status,
        InputSchema input,
        UnitPlan units,
        PriceList prices,
        List<Deployment> deployments,
        Duration timeout,
        Duration typical,
        Duration retention,
        Optional<TextLimits> text,
        List<String> capabilities,
        String moderation,
        Map<String, Map<String, String>> dialects) {
    public Model {
        aliases = List.copyOf(aliases);
        operations = List.copyOf(operations);
        deployments = List.copyOf(deployments);
        capabilities = List.copyOf(capabilities);
        dialects = Map.copyOf(dialects);
    }

    /** What the dialect has to know of this model, by fact; empty when there is nothing, or the dialect has no such model. */
    public Map<String, String> dialect(String name) {
        return dialects.getOrDefault(name, Map.of());
    }

    /** The JSON Schema (draft 2020-12) of the parameters, to show; a copy. */
    public ObjectNode inputSchema() {
        return input.schema();
    }

    /** The same without the parameters that only clients of another dialect send; a copy. */
    public ObjectNode inputSchema(String dialect) {
        ObjectNode schema = input.schema();
        foreignTo(dialect).forEach(((ObjectNode) schema.required("properties"))::remove);
        return schema;
    }

    /**
     * The parameters as the model takes them: checked against the schema, defaults filled in, whole numbers in integer form.
     * The property {@code sandbox} passes through untouched. The argument is not changed.
     *
     * @throws dev.millrace.problem.ProblemException {@code INVALID_PARAMETER} with one field error for each broken rule
     */
    public ObjectNode checked(ObjectNode parameters, UnknownFields unknown) {
        return input.checked(parameters, unknown, Set.of());
    }

    /** The same for a client of one dialect: what another one's clients send is not known to it. */
    public ObjectNode checked(ObjectNode parameters, UnknownFields unknown, String dialect) {
        return input.checked(parameters, unknown, foreignTo(dialect));
    }

    /** Only a dialect that has the model as its own one knows no names beside its own. */
    private Set<String> foreignTo(String dialect) {
        return dialects.containsKey(dialect) ? input.foreignTo(dialect) : Set.of();
    }

    /** The most that a request with these checked parameters makes: images, milliseconds of video, tracks. */
    public Units planned(ObjectNode parameters) {
        return units.planned(parameters);
    }

    /** What a request makes exactly: {@link #planned} without quantities of which only an upper bound is known. */
    public Units exactlyPlanned(ObjectNode parameters) {
        return units.exact(parameters);
    }

    /** How many files a request with these checked parameters makes. */
    public int outputs(ObjectNode parameters) {
        return units.outputs(parameters);
    }

    /** The same model with other prices: those of whoever asks. */
    public Model priced(PriceList others) {
        return others == prices
                ? this
                : new Model(
                        id,
                        aliases,
                        title,
                        description,
                        ownedBy,
                        family,
                        modality,
                        operations,
                        status,
                        input,
                        units,
                        others,
                        deployments,
                        timeout,
                        typical,
                        retention,
                        text,
                        capabilities,
                        moderation,
                        dialects);
    }

    /** The id: all else is in the catalogue. */
    @Override
    public String toString() {
        return id;
    }
}
