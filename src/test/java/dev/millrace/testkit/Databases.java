package dev.millrace.testkit;

import dev.millrace.db.SqlDialect;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.ArgumentsProvider;
import org.junit.jupiter.params.support.ParameterDeclarations;

/** Gives a parameterized test one fresh {@link TestDatabase} of each kind; see {@link OnBothDatabases}. */
public final class Databases implements ArgumentsProvider {
    @Override
    public Stream<? extends Arguments> provideArguments(ParameterDeclarations parameters, ExtensionContext context) {
        return Arrays.stream(SqlDialect.values()).map(TestDatabase::open).map(Arguments::of);
    }
}
