package dev.millrace.app;

import dev.millrace.assets.Assets;
import dev.millrace.personas.Personas;
import dev.millrace.provider.sandbox.InputImages;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Optional;

/** Shows the sandbox the sheets of personas, which no parameter of a request leads to. */
record PersonaPictures(Personas personas, Assets assets) implements InputImages {
    @Override
    public Optional<byte[]> load(String url) {
        return url.startsWith(PERSONA)
                ? personas.sheet(url.substring(PERSONA.length()))
                        .flatMap(assets::open)
                        .flatMap(PersonaPictures::bytes)
                : Optional.empty();
    }

    private static Optional<byte[]> bytes(Assets.Opened opened) {
        try {
            return Optional.of(Files.readAllBytes(opened.file()));
        } catch (IOException gone) {
            return Optional.empty();
        }
    }
}
