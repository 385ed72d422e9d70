package dev.millrace.app;

import dev.millrace.money.Money;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Sets a fresh data directory up. */
@Command(
        name = "init",
        description =
                "Set up a data directory: an organization, its funded test wallet, and its first key, shown once.",
        mixinStandardHelpOptions = true)
final class InitCommand extends Office implements Callable<Integer> {
    @Option(names = "--wallet", paramLabel = "USD", description = "The test money in the wallet (${DEFAULT-VALUE}).")
    private Money wallet = Setup.WELCOME;

    @Override
    public Integer call() {
        return inside(core -> {
            if (!core.isEmpty()) {
                return refuse(
                        ExitCode.USAGE, data().folder() + " is set up; \"admin org create\" adds an organization");
            }
            byte[] masterKey =
                    MasterKey.of(core.settings().security(), core.data().resolve(MasterKey.FILE), core.random(), true);
            Installation.claim(core.database(), masterKey);
            Setup.Made made = Setup.operator(core, wallet).orElseThrow();
            var server = core.settings().server();
            String url = "http://" + server.host() + ":" + server.port();
            out().print(json() ? made.json() + "\n" : Welcome.text(made, data().folder(), url));
            out().flush();
            return ExitCode.OK;
        });
    }
}
