package dev.millrace.provider.sandbox;

import dev.millrace.provider.MediaCall;
import dev.millrace.provider.MediaInput;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The files that came with a call, decoded; what can not be read is left out, and the sandbox goes on without it. */
record Sources(MediaCall call, InputPicture linked) {
    /** The picture to act on: the first of those that are no reference. */
    Optional<BufferedImage> first() {
        return pictures("image", "images").findFirst();
    }

    /** All pictures of these roles. */
    Stream<BufferedImage> pictures(String... roles) {
        return inputs(roles).stream().flatMap(input -> Optional.ofNullable(InputPicture.decode(bytes(input))).stream());
    }

    /** Pictures beside the first, and references. */
    List<BufferedImage> others() {
        List<BufferedImage> all =
                new ArrayList<>(pictures("image", "images").skip(1).toList());
        pictures("reference_images").forEach(all::add);
        return all;
    }

    /** The pictures that say who or what is to be seen: references, and the persona that the call names. */
    Optional<BufferedImage> subject() {
        String persona = new Fields(call.parameters()).text("custom_reference_id");
        if (!persona.isEmpty()) {
            return Optional.ofNullable(InputPicture.decode(linked.fetch(InputImages.PERSONA + persona)));
        }
        return pictures("reference_images").findFirst();
    }

    /** The bytes of the first file of this role. */
    Optional<byte[]> file(String role) {
        return call.input(role).map(Sources::bytes).filter(bytes -> bytes.length > 0);
    }

    private List<MediaInput> inputs(String... roles) {
        List<String> wanted = List.of(roles);
        return call.inputs().stream()
                .filter(input -> wanted.contains(input.role()))
                .toList();
    }

    private static byte[] bytes(MediaInput input) {
        try {
            return Files.readAllBytes(input.path());
        } catch (IOException gone) {
            return new byte[0];
        }
    }
}
