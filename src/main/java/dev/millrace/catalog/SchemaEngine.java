package dev.millrace.catalog;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.dialect.Dialect;
import com.networknt.schema.dialect.Dialects;
import com.networknt.schema.keyword.NonValidationKeyword;
import java.util.Locale;
import tools.jackson.databind.JsonNode;

/** Compiles JSON Schemas of draft 2020-12. Loaded when the first one is asked for: it costs a tenth of a second. */
final class SchemaEngine {
    private static final SchemaRegistryConfig CONFIG = SchemaRegistryConfig.builder()
            .locale(Locale.ROOT)
            .formatAssertionsEnabled(true)
            .build();
    /** Draft 2020-12 and the words of the catalogue, which tell of a property and forbid nothing. */
    private static final Dialect DIALECT = Dialect.builder(Dialects.getDraft202012())
            .keyword(new NonValidationKeyword("x-role"))
            .keyword(new NonValidationKeyword("x-dialect"))
            .keyword(new NonValidationKeyword("x-unit"))
            .build();

    private SchemaEngine() {}

    /** A registry of its own for each schema: what is reloaded leaves nothing behind, and nothing is ever fetched. */
    static Schema compile(JsonNode schema) {
        Schema compiled = SchemaRegistry.withDialect(
                        DIALECT,
                        registry -> registry.schemaRegistryConfig(CONFIG).schemaCacheEnabled(false))
                .getSchema(schema);
        compiled.initializeValidators();
        return compiled;
    }
}
