package dev.millrace.app;

import dev.millrace.access.Environment;
import dev.millrace.access.NewKey;
import dev.millrace.db.Tx;
import dev.millrace.id.OrganizationId;
import dev.millrace.json.Json;
import dev.millrace.money.Money;
import dev.millrace.problem.Problem;
import dev.millrace.trail.Actor;
import dev.millrace.wallet.Funding;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** Makes an organization ready to call: itself, its wallet with money in it, and its first key, in one transaction. */
final class Setup {
    /** What a test wallet starts with. */
    static final Money WELCOME = Money.usd("100");

    /** The name of the organization that runs the installation. */
    static final String OPERATOR = "Operator";

    private Setup() {}

    /** What was made; holds the only copy of the key's secret. */
    record Made(String name, NewKey key, Money wallet, Environment environment) {
        OrganizationId organization() {
            return key.organization();
        }

        /** The form for scripts: {@code organization, key, key_id, key_secret}. */
        String json() {
            ObjectNode json = Json.object();
            json.put("organization", organization().text());
            json.put("key", key.full());
            json.put("key_id", key.id().text());
            json.put("key_secret", key.secret());
            return json.toString();
        }
    }

    /** The organization that runs the installation; empty when it is there already. */
    static Optional<Made> operator(Core core, Money wallet) {
        return core.database()
                .writer()
                .write(
                        "setup",
                        tx -> core.organizations()
                                .createOperator(tx, OPERATOR)
                                .map(id -> furnish(
                                        core, tx, Actor.commandLine(), id, OPERATOR, wallet, Environment.TEST)));
    }

    /**
     * Another organization.
     *
     * @param wallet what the wallet is given as promotion
     * @param environment what its first key is for
     * @throws dev.millrace.problem.ProblemException {@code INVALID_PARAMETER} when the name is blank or too long
     */
    static Made organization(Core core, String name, Money wallet, Environment environment) {
        return core.database()
                .writer()
                .write("setup", tx -> organization(core, tx, Actor.commandLine(), name, wallet, environment));
    }

    /** As the other, in the transaction of whoever wants it made. */
    static Made organization(Core core, Tx tx, Actor by, String name, Money wallet, Environment environment) {
        try {
            OrganizationId id = core.organizations().create(tx, name);
            return furnish(core, tx, by, id, name.strip(), wallet, environment);
        } catch (IllegalArgumentException e) {
            throw Problem.parameter("name", String.valueOf(e.getMessage())).toException();
        }
    }

    /** An organization with an empty wallet and no key, in the caller's transaction. */
    static OrganizationId found(Core core, Tx tx, String name) {
        OrganizationId id = core.organizations().create(tx, name);
        core.billing().openWallet(tx, id);
        return id;
    }

    private static Made furnish(
            Core core, Tx tx, Actor by, OrganizationId id, String name, Money wallet, Environment environment) {
        core.billing().openWallet(tx, id);
        if (wallet.isPositive()) {
            core.billing().topUp(tx, id, "welcome:" + id, wallet, Funding.PROMOTION);
        }
        NewKey key = core.access().create(tx, id, "first key", environment);
        Map<String, String> facts = Map.of(
                "name", name, "wallet_usd", wallet.toUsd(), "key", key.id().text());
        core.trail().write(tx, by.about(id), "organization.create", "organization:" + id, facts);
        return new Made(name, key, wallet, environment);
    }
}
