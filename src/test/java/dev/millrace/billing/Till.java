package dev.millrace.billing;

import dev.millrace.catalog.Catalog;
import dev.millrace.catalog.CatalogSettings;
import dev.millrace.catalog.Model;
import dev.millrace.catalog.PriceVersionStore;
import dev.millrace.catalog.UnknownFields;
import dev.millrace.id.IdSource;
import dev.millrace.id.KeyId;
import dev.millrace.id.OrganizationId;
import dev.millrace.id.Spender;
import dev.millrace.json.Json;
import dev.millrace.limits.Caps;
import dev.millrace.meter.Modality;
import dev.millrace.meter.Unit;
import dev.millrace.meter.Units;
import dev.millrace.money.Money;
import dev.millrace.testkit.TestDatabase;
import dev.millrace.testkit.TestingBilling;
import dev.millrace.usage.UnitsSource;
import dev.millrace.usage.UsageStatus;
import dev.millrace.usage.UsageStore;
import dev.millrace.wallet.Balance;
import dev.millrace.wallet.Funding;
import dev.millrace.wallet.HoldId;
import dev.millrace.wallet.Settlement;
import dev.millrace.wallet.Wallet;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import tools.jackson.databind.node.ObjectNode;

/** Billing with its rooms, one model whose prices the test sets, and one organization. */
final class Till {
    static final OrganizationId ACME = new OrganizationId(new UUID(1, 2));
    static final OrganizationId OTHER = new OrganizationId(new UUID(3, 4));
    static final KeyId KEY = new KeyId("keykeykeykey1");
    static final Spender SPENDER = Spender.of(ACME, KEY);

    final TestDatabase db;
    final Wallet wallet = new Wallet();
    final UsageStore usage = new UsageStore();
    final PriceVersionStore prices = new PriceVersionStore();
    private final IdSource ids = new IdSource(InstantSource.system(), new Random(1));
    final PriceTerms terms;
    final Quotes quotes;
    final Caps caps = TestingBilling.caps(wallet, ids);
    final Billing billing;
    private final Path folder;

    Till(TestDatabase db, Path folder) {
        this.db = db;
        this.folder = folder;
        this.terms = new PriceTerms(db.database());
        this.quotes = new Quotes(prices::find, ids, terms);
        this.billing = new Billing(wallet, usage, quotes, prices::find, caps);
        db.writer().<Boolean>write(ACME.text(), tx -> billing.openWallet(tx, ACME));
    }

    /** The model {@code test/image}: two qualities at their own prices, one price with a picture given, one otherwise. */
    Model model(String high, String edit, String otherwise) {
        String yaml = """
                models:
                  - id: test/image
                    title: Test
                    description: Paints.
                    owned_by: test
                    modality: image
                    operations: [text-to-image]
                    input:
                      type: object
                      required: [prompt]
                      properties:
                        prompt: { type: string }
                        n: { type: integer, minimum: 1, maximum: 8, default: 1 }
                        quality: { type: string, enum: [low, high] }
                        image_url: { type: string }
                    units:
                      image: { parameter: n }
                    prices:
                      source: the test
                      date: 2026-11-01
                      rules:
                        - { unit: image, usd: "%s", when: { quality: high } }
                        - { unit: image, usd: "%s", when: { image_url: { given: true } } }
                        - { unit: image, usd: "%s" }
                    timeout: 1m
                    retention: 1d
                    capabilities: []
                """.formatted(high, edit, otherwise);
        try {
            Files.writeString(folder.resolve("test.yaml"), yaml);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        CatalogSettings settings = new CatalogSettings(folder, Duration.ofHours(1));
        try (Catalog catalog = Catalog.open(settings, models -> {}, new SimpleMeterRegistry())) {
            Model model = catalog.find("test/image").orElseThrow();
            db.writer().<Boolean>write(ACME.text(), tx -> {
                prices.remember(tx, List.of(model));
                return true;
            });
            return model;
        }
    }

    static ObjectNode parameters(Model model, String json) {
        return model.checked(Json.parseObject(json.getBytes(StandardCharsets.UTF_8)), UnknownFields.REJECT);
    }

    Quote price(Model model, ObjectNode parameters) {
        return quotes.price(ACME, model, parameters, model.planned(parameters));
    }

    /** Sets what customers pay beside the price list, as an operator does. */
    void term(PriceTerm.Kind kind, String subject, String scope, String value) {
        db.writer().<Boolean>write(ACME.text(), tx -> {
            terms.set(tx, PriceTerm.of(kind, subject, scope, value));
            return true;
        });
    }

    void topUp(String usd) {
        db.writer()
                .<Boolean>write(
                        ACME.text(), tx -> billing.topUp(tx, ACME, "seed " + usd, Money.usd(usd), Funding.CASH_IN));
    }

    void hold(HoldId id, Quote quote) {
        db.writer().<Boolean>write(ACME.text(), tx -> {
            billing.hold(tx, SPENDER, id, quote);
            return true;
        });
    }

    Optional<Settlement> settle(HoldId id, Bill bill) {
        return db.writer().write(ACME.text(), tx -> billing.settle(tx, id, bill));
    }

    Balance balance() {
        return db.database().read(tx -> wallet.balance(tx, ACME));
    }

    Bill bill(Quote quote, ObjectNode parameters, long images) {
        return new Bill(
                KEY,
                quote.model(),
                quote.priceVersion(),
                parameters,
                Units.of(Unit.IMAGE, images),
                UnitsSource.PLANNED,
                "sandbox",
                Modality.IMAGE,
                "millrace",
                Money.ZERO,
                UsageStatus.COMPLETED,
                null,
                10,
                null);
    }
}
