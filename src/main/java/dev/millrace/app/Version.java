package dev.millrace.app;

import picocli.CommandLine.IVersionProvider;

/** The version that the package was built as. */
public final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
        return new String[] {"millrace " + text()};
    }

    static String text() {
        String version = Version.class.getPackage().getImplementationVersion();
        return version == null ? "(from source)" : version;
    }
}
