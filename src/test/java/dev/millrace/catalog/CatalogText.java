package dev.millrace.catalog;

import java.nio.charset.StandardCharsets;
import java.util.List;

/** Catalogue files for tests. */
final class CatalogText {
    private CatalogText() {}

    /** A file with one image model. */
    static String model(String id, String usd) {
        return """
            models:
              - id: %s
                title: A Model
                description: Draws.
                owned_by: somebody
                modality: image
                operations: [text-to-image]
                input:
                  type: object
                  required: [prompt]
                  properties:
                    prompt: { type: string, minLength: 1 }
                    n: { type: integer, minimum: 1, maximum: 4, default: 1 }
                    quality: { type: string, enum: [low, high] }
                    audio: { type: string, enum: [on, off] }
                    width: { type: integer, minimum: 1, maximum: 4096 }
                    image_url: { type: string }
                units:
                  image: { parameter: n }
                prices:
                  source: a test
                  date: 2026-11-01
                  rules:
                    - { unit: image, usd: "%s" }
                timeout: 90s
                retention: 7d
            """.formatted(id, usd);
    }

    /** The one model of a file with these price rules in place of the usual one. */
    static Model priced(String... rules) {
        String lines = String.join(
                "\n", List.of(rules).stream().map(rule -> "        - " + rule).toList());
        return read(model("a/model", "1").replace("        - { unit: image, usd: \"1\" }", lines));
    }

    static Model read(String file) {
        return CatalogFile.strict("test.yaml", bytes(file)).entries().getFirst().model();
    }

    static byte[] bytes(String file) {
        return file.getBytes(StandardCharsets.UTF_8);
    }
}
