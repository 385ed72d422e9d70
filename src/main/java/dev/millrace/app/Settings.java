package dev.millrace.app;

import dev.millrace.access.AccessSettings;
import dev.millrace.access.oidc.OidcSettings;
import dev.millrace.access.people.PeopleSettings;
import dev.millrace.admission.InputSettings;
import dev.millrace.api.apiframe.ApiframeSettings;
import dev.millrace.api.higgsfield.HiggsfieldSettings;
import dev.millrace.api.millrace.StreamSettings;
import dev.millrace.api.openai.OpenAiSettings;
import dev.millrace.assets.AssetSettings;
import dev.millrace.audit.runs.AuditSettings;
import dev.millrace.billing.BillingSettings;
import dev.millrace.catalog.CatalogSettings;
import dev.millrace.config.Config;
import dev.millrace.console.ConsoleSettings;
import dev.millrace.db.DatabaseSettings;
import dev.millrace.egress.EgressSettings;
import dev.millrace.invoices.InvoiceSettings;
import dev.millrace.jobs.CallbackSettings;
import dev.millrace.jobs.JobSettings;
import dev.millrace.limits.LimitSettings;
import dev.millrace.mail.MailSettings;
import dev.millrace.moderation.ModerationSettings;
import dev.millrace.payments.PaymentSettings;
import dev.millrace.privacy.PrivacySettings;
import dev.millrace.provider.sandbox.SandboxSettings;
import dev.millrace.relay.RelaySettings;
import dev.millrace.server.ServerSettings;
import dev.millrace.telemetry.LogSettings;
import dev.millrace.webhooks.WebhookSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The settings of every room, by the section that sets them. */
record Settings(
        ServerSettings server,
        DatabaseSettings database,
        LogSettings log,
        SecuritySettings security,
        AccessSettings access,
        PeopleSettings people,
        OidcSettings oidc,
        MailSettings mail,
        LimitSettings limits,
        AssetSettings assets,
        CatalogSettings catalog,
        InputSettings inputs,
        ModerationSettings moderation,
        JobSettings jobs,
        CallbackSettings callbacks,
        StreamSettings streams,
        RelaySettings relay,
        BillingSettings billing,
        WebhookSettings webhooks,
        EgressSettings egress,
        SandboxSettings sandbox,
        HiggsfieldSettings higgsfield,
        ApiframeSettings apiframe,
        OpenAiSettings openai,
        PaymentSettings payments,
        ConsoleSettings console,
        InvoiceSettings invoices,
        AuditSettings audit,
        PrivacySettings privacy,
        ShutdownSettings shutdown) {
    /** The settings file that is read when no other is named and it is there. */
    static final String FILE = "millrace.yaml";

    /** Where a test wants the process to die; see {@link dev.millrace.jobs.TestSignals}. */
    static final String HALT_AT = "MILLRACE_TEST_HALT_AT";

    /** Variables that begin like settings and belong to the script, or to the choice of the data directory. */
    private static final Set<String> OTHERS =
            Set.of("MILLRACE_HOME", "MILLRACE_JAVA_HOME", "MILLRACE_JAVA_OPTS", HALT_AT);

    /**
     * Reads and checks all settings.
     *
     * @param file the settings file that was named; null for {@value #FILE} in the data directory, when it is there
     * @throws dev.millrace.config.ConfigException when anything is wrong or unknown
     */
    static Settings load(
            @Nullable Path file, Path dataDirectory, Map<String, String> environment, Map<String, String> options) {
        Path standard = dataDirectory.resolve(FILE);
        Path chosen = file == null && Files.exists(standard) ? standard : file;
        Config config = Config.load(chosen, environment, options);
        Settings settings = bind(config);
        config.refuseUnknown(OTHERS);
        return settings;
    }

    /** Binds every section; what the configuration then knows is what the documentation lists. */
    static Settings bind(Config config) {
        return new Settings(
                config.bind("server", ServerSettings.class),
                config.bind("database", DatabaseSettings.class),
                config.bind("log", LogSettings.class),
                config.bind("security", SecuritySettings.class),
                config.bind("access", AccessSettings.class),
                config.bind("people", PeopleSettings.class),
                config.bind("oidc", OidcSettings.class),
                config.bind("mail", MailSettings.class),
                config.bind("limits", LimitSettings.class),
                config.bind("assets", AssetSettings.class),
                config.bind("catalog", CatalogSettings.class),
                config.bind("inputs", InputSettings.class),
                config.bind("moderation", ModerationSettings.class),
                config.bind("jobs", JobSettings.class),
                config.bind("callbacks", CallbackSettings.class),
                config.bind("streams", StreamSettings.class),
                config.bind("relay", RelaySettings.class),
                config.bind("billing", BillingSettings.class),
                config.bind("webhooks", WebhookSettings.class),
                config.bind("egress", EgressSettings.class),
                config.bind("sandbox", SandboxSettings.class),
                config.bind("higgsfield", HiggsfieldSettings.class),
                config.bind("apiframe", ApiframeSettings.class),
                config.bind("openai", OpenAiSettings.class),
                config.bind("payments", PaymentSettings.class),
                config.bind("console", ConsoleSettings.class),
                config.bind("invoices", InvoiceSettings.class),
                config.bind("audit", AuditSettings.class),
                config.bind("privacy", PrivacySettings.class),
                config.bind("shutdown", ShutdownSettings.class));
    }

    /** The database's settings with a SQLite file that is named without a folder put into the data directory. */
    DatabaseSettings databaseIn(Path dataDirectory) {
        String prefix = "sqlite:";
        if (!database.url().startsWith(prefix)) {
            return database;
        }
        Path file = dataDirectory.resolve(database.url().substring(prefix.length()));
        return database.withUrl(prefix + file.toAbsolutePath());
    }
}
