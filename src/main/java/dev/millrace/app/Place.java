package dev.millrace.app;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** Where a command works: through a running server with {@code --url} and {@code --key}, or in a data directory; never a bit of both. */
final class Place {
    private Place() {}

    /** Refuses a command that names half of one place or parts of two, and runs any other. */
    static int run(ParseResult parsed) {
        List<CommandLine> asked = parsed.asCommandLineList();
        ParseResult last = asked.getLast().getParseResult();
        if (!last.isUsageHelpRequested() && !last.isVersionHelpRequested()) {
            check(last);
        }
        return new CommandLine.RunLast().execute(parsed);
    }

    private static void check(ParseResult parsed) {
        String url = value(parsed, "--url");
        String key = value(parsed, "--key");
        CommandLine line = parsed.commandSpec().commandLine();
        if (url == null) {
            if (key != null) {
                throw new ParameterException(line, "--key needs --url, the running server that knows it");
            }
            return;
        }
        if (key == null) {
            throw new ParameterException(line, "--url needs --key, a key that may do this");
        }
        if (!isServer(url)) {
            throw new ParameterException(
                    line, "--url: \"" + url + "\" is no address of a server such as http://127.0.0.1:8080");
        }
        if (key.isEmpty() || !key.chars().allMatch(letter -> letter > ' ' && letter <= '~')) {
            throw new ParameterException(line, "--key: this is no key; it has the form mr_<id>_<secret>");
        }
        Stream.of("--data", "--config")
                .filter(parsed::hasMatchedOption)
                .findFirst()
                .ifPresent(other -> {
                    throw new ParameterException(
                            line,
                            "--url and " + other + " are two places: say one, a running server or a data directory");
                });
    }

    private static boolean isServer(String url) {
        try {
            URI uri = new URI(url);
            return List.of("http", "https").contains(String.valueOf(uri.getScheme())) && uri.getHost() != null;
        } catch (URISyntaxException unfit) {
            return false;
        }
    }

    private static @Nullable String value(ParseResult parsed, String option) {
        return parsed.hasMatchedOption(option) ? parsed.matchedOptionValue(option, "") : null;
    }
}
