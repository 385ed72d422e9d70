package dev.millrace.catalog;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.dialect.Dialects;
import java.util.Locale;
import tools.jackson.databind.JsonNode;

/** Compiles JSON Schemas of draft 2020-12. Loaded when the first one is asked for: it costs a tenth of a second. */
final class SchemaEngine {
    private static final SchemaRegistryConfig CONFIG = SchemaRegistryConfig.builder()
            .locale(Locale.ROOT)
            .formatAssertionsEnabled(true)
            .build();

    private SchemaEngine() {}

    /** A registry of its own for each schema: what is reloaded leaves nothing behind, and nothing is ever fetched. */
    static Schema compile(JsonNode schema) {
        Schema compiled = SchemaRegistry.withDialect(
                        Dialects.getDraft202012(),
                        registry -> registry.schemaRegistryConfig(CONFIG).schemaCacheEnabled(false))
                .getSchema(schema);
        compiled.initializeValidators();
        return compiled;
    }
}
