package dev.millrace.app;

import java.nio.file.Path;

/** What a person is told about an installation that was just set up. */
final class Welcome {
    private Welcome() {}

    static String text(Setup.Made made, Path folder, String url) {
        return """

                  Millrace is set up in %s

                    organization  %s  (%s)
                    wallet        %s USD, test money
                    key           %s
                                  Keep it: it is shown this once. In the Higgsfield dialect: Key %s:%s

                  Try it:

                    curl %s/api/v1/chat/completions \\
                      -H "Authorization: Bearer %s" \\
                      -H "Content-Type: application/json" \\
                      -d '{"model": "sandbox/text", "messages": [{"role": "user", "content": "What is a millrace?"}]}'

                """.formatted(
                        folder.toAbsolutePath().normalize(),
                        made.name(),
                        made.organization(),
                        made.wallet().toUsd(),
                        made.key().full(),
                        made.key().id(),
                        made.key().secret(),
                        url,
                        made.key().full());
    }
}
