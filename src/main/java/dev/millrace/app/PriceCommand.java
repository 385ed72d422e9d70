package dev.millrace.app;

import dev.millrace.api.millrace.models.PriceBody;
import dev.millrace.api.millrace.prices.PriceBodies.RemovedBody;
import dev.millrace.api.millrace.prices.PriceBodies.TermBody;
import dev.millrace.api.millrace.prices.PriceBodies.VersionBody;
import dev.millrace.billing.PriceTerm;
import dev.millrace.catalog.Model;
import dev.millrace.config.ConfigException;
import dev.millrace.id.OrganizationId;
import dev.millrace.json.Json;
import dev.millrace.trail.Actor;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Prices: what customers pay beside the price list, what it was, and what a past time would have cost. */
@Command(
        name = "price",
        description = "Prices: list, show, versions, markup, minimum, rerate.",
        mixinStandardHelpOptions = true,
        subcommands = {
            PriceCommand.ListAll.class,
            PriceCommand.Show.class,
            PriceCommand.Versions.class,
            PriceCommand.Markup.class,
            PriceCommand.Minimum.class,
            RerateCommand.class
        })
final class PriceCommand implements Runnable {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(), "admin price needs one of: list, show, versions, markup, minimum, rerate");
    }

    /** What the commands share that show prices. */
    abstract static class Shown extends MoneyOffice {
        /** Prints a list that a running server answers. */
        final int list(String path) throws IOException {
            return through(client -> client.send("GET", path, null).path("data"));
        }

        final int list(Function<Core, List<?>> found) {
            return installed(core -> {
                ArrayNode all = Json.array();
                found.apply(core).forEach(one -> all.add(Json.<ObjectNode>tree(one)));
                return print(all);
            });
        }

        static Model model(Core core, String id) {
            return core.catalog().find(id).orElseThrow(() -> new ConfigException("there is no model " + id));
        }
    }

    /** Shows every rule. */
    @Command(name = "list", description = "Show every markup and minimum.", mixinStandardHelpOptions = true)
    static final class ListAll extends Shown implements Callable<Integer> {
        @Override
        public Integer call() throws IOException {
            return remote()
                    ? list("/api/v1/prices/terms")
                    : list(core -> core.database().read(PriceParts.of(core).desk()::all).stream()
                            .map(TermBody::of)
                            .toList());
        }
    }

    /** Shows what one model costs. */
    @Command(
            name = "show",
            description = "Show what a model costs: an organization, or whoever has no terms of his own.",
            mixinStandardHelpOptions = true)
    static final class Show extends Shown implements Callable<Integer> {
        @Parameters(paramLabel = "MODEL", description = "The id of a model.")
        private String model = "";

        @Option(names = "--org", paramLabel = "ID", description = "Whose price.")
        private @Nullable OrganizationId organization;

        @Override
        public Integer call() throws IOException {
            OrganizationId whose = organization;
            if (remote()) {
                return whose == null
                        ? through(client -> client.send("GET", "/api/v1/models/" + model, null)
                                .path("pricing"))
                        : list("/api/v1/organizations/" + whose + "/prices?model=" + escaped(model));
            }
            return list(core -> List.of(PriceBody.of(core.prices().terms().shown(model(core, model), whose))));
        }
    }

    /** Shows the price lists that a model had. */
    @Command(
            name = "versions",
            description = "Show every price list that a model had.",
            mixinStandardHelpOptions = true)
    static final class Versions extends Shown implements Callable<Integer> {
        @Parameters(paramLabel = "MODEL", description = "The id of a model.")
        private String model = "";

        @Override
        public Integer call() throws IOException {
            return remote()
                    ? list("/api/v1/prices/versions?model=" + escaped(model))
                    : list(core ->
                            core
                                    .database()
                                    .read(tx -> core.prices()
                                            .versions()
                                            .of(tx, model(core, model).id()))
                                    .stream()
                                    .map(VersionBody::of)
                                    .toList());
        }
    }

    /** Whom and what a rule is for. */
    abstract static class Rule extends Shown implements Callable<Integer> {
        private final PriceTerm.Kind kind;
        private final String field;

        Rule(PriceTerm.Kind kind, String field) {
            this.kind = kind;
            this.field = field;
        }

        @Parameters(index = "0", paramLabel = "DEED", description = "set, remove or list.")
        private String deed = "";

        @Parameters(index = "1", arity = "0..1", paramLabel = "VALUE", description = "A factor as 1.15, or dollars.")
        private @Nullable String value;

        @Option(names = "--org", paramLabel = "ID", description = "For one organization.")
        private @Nullable OrganizationId organization;

        @Option(names = "--plan", paramLabel = "NAME", description = "For the organizations of a plan.")
        private @Nullable String plan;

        @Option(names = "--model", paramLabel = "ID", description = "For one model alone.")
        private @Nullable String model;

        @Option(names = "--modality", paramLabel = "NAME", description = "For models of one kind alone, as image.")
        private @Nullable String modality;

        @Override
        public Integer call() throws IOException {
            if ((organization != null && plan != null) || (model != null && modality != null)) {
                return refuse(ExitCode.USAGE, "say one of --org and --plan, and one of --model and --modality");
            }
            String of = scope();
            return switch (deed) {
                case "set" -> value == null ? refuse(ExitCode.USAGE, "set needs a VALUE") : set(of, value);
                case "remove" -> remove(of);
                case "list" -> list();
                default -> refuse(ExitCode.USAGE, "say set, remove or list");
            };
        }

        private String subject() {
            return organization != null
                    ? "organization:" + organization
                    : plan != null ? "plan:" + plan : PriceTerm.DEFAULT;
        }

        private String scope() {
            return model != null ? "model:" + model : modality != null ? "modality:" + modality : "";
        }

        private int set(String of, String text) throws IOException {
            if (remote()) {
                ObjectNode body = Json.object().put("for", subject()).put(field, text);
                return remotely("PUT", "/api/v1/prices/" + kind.wire(), of.isEmpty() ? body : body.put("of", of));
            }
            return offline((core, treasury, tx) -> {
                PriceTerm term = PriceTerm.of(kind, subject(), of, text);
                PriceParts.of(core).desk().set(tx, actor(core), term);
                return TermBody.of(term);
            });
        }

        private int remove(String of) throws IOException {
            if (remote()) {
                return remotely(
                        "DELETE",
                        "/api/v1/prices/" + kind.wire() + "?for=" + escaped(subject()) + "&of=" + escaped(of),
                        null);
            }
            return offline((core, treasury, tx) -> new RemovedBody(
                    "price.term", PriceParts.of(core).desk().remove(tx, actor(core), kind, subject(), of)));
        }

        private int list() throws IOException {
            if (remote()) {
                return through(client -> {
                    ArrayNode mine = Json.array();
                    client.send("GET", "/api/v1/prices/terms", null)
                            .path("data")
                            .valueStream()
                            .filter(term -> term.path("kind").asString("").equals(kind.wire()))
                            .forEach(mine::add);
                    return mine;
                });
            }
            return list(core -> core.database().read(PriceParts.of(core).desk()::all).stream()
                    .filter(term -> term.kind() == kind)
                    .map(TermBody::of)
                    .toList());
        }

        private int offline(MoneyWork work) {
            return installed(core -> written(core, "prices", work));
        }

        /** What is about no customer stands in the log of whoever runs the installation. */
        private static Actor actor(Core core) {
            return Actor.commandLine()
                    .about(core.database()
                            .read(core.organizations()::list)
                            .getFirst()
                            .id());
        }
    }

    /** Sets a factor on prices. */
    @Command(
            name = "markup",
            description = "Set, remove or list factors on prices: set 1.15 --org ID --modality image.",
            mixinStandardHelpOptions = true)
    static final class Markup extends Rule {
        Markup() {
            super(PriceTerm.Kind.MARKUP, "factor");
        }
    }

    /** Sets what a request costs at least. */
    @Command(
            name = "minimum",
            description = "Set, remove or list what a request costs at least: set 0.002 --plan pro.",
            mixinStandardHelpOptions = true)
    static final class Minimum extends Rule {
        Minimum() {
            super(PriceTerm.Kind.MINIMUM, "usd");
        }
    }
}
