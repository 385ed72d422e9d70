package dev.millrace.catalog;

import dev.millrace.crypto.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Finds the catalogue files: the bundled ones, and those in the operator's directory. */
final class CatalogFiles {
    /** The bundled files, in {@code /catalog}, the longest first; a jar can not be listed. */
    static final List<String> BUNDLED = List.of(
            "seedance.yaml",
            "kling.yaml",
            "wan.yaml",
            "background.yaml",
            "flux.yaml",
            "gpt-image.yaml",
            "grok.yaml",
            "hailuo.yaml",
            "happyhorse.yaml",
            "higgsfield-v1.yaml",
            "higgsfield.yaml",
            "ideogram.yaml",
            "imagen.yaml",
            "lora-training.yaml",
            "ltx.yaml",
            "luma.yaml",
            "midjourney.yaml",
            "music.yaml",
            "nano-banana.yaml",
            "openai.yaml",
            "pixverse.yaml",
            "qwen.yaml",
            "recraft.yaml",
            "reve.yaml",
            "runway.yaml",
            "sandbox.yaml",
            "seedream.yaml",
            "sora.yaml",
            "speech.yaml",
            "stable-diffusion.yaml",
            "studio.yaml",
            "suno.yaml",
            "topaz.yaml",
            "veo.yaml");

    private static final long SIZE_MAX = 4L << 20;

    private CatalogFiles() {}

    static byte[] resource(String name) {
        try (InputStream in = CatalogFiles.class.getResourceAsStream("/catalog/" + name)) {
            if (in == null) {
                throw new IllegalStateException("the catalogue file " + name + " is not packaged");
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * The contents of the directory's catalogue files by name.
     *
     * @throws CatalogException when they can not be read
     */
    static Map<String, byte[]> contents(Path directory) {
        Map<String, byte[]> contents = new TreeMap<>();
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.filter(CatalogFiles::isCatalogFile).toList()) {
                if (Files.size(file) > SIZE_MAX) {
                    throw trouble(file, "is larger than 4 MB.");
                }
                contents.put(String.valueOf(file.getFileName()), Files.readAllBytes(file));
            }
            return contents;
        } catch (IOException e) {
            throw trouble(directory, "can not be read: " + e.getClass().getSimpleName() + ".");
        }
    }

    /** Reads every file, and complains of all mistakes in all of them at once. */
    static List<CatalogFile> read(Map<String, byte[]> contents) {
        List<CatalogFile> files = new ArrayList<>();
        List<Complaint> complaints = new ArrayList<>();
        contents.forEach((name, content) -> {
            try {
                files.add(CatalogFile.strict(name, content));
            } catch (CatalogException e) {
                complaints.addAll(e.complaints());
            }
        });
        if (!complaints.isEmpty()) {
            throw new CatalogException(complaints);
        }
        return files;
    }

    /** What tells one state of the files from another. */
    static String fingerprint(Map<String, byte[]> contents) {
        MessageDigest digest = Digest.newSha256();
        contents.forEach((name, content) -> {
            digest.update(Digest.sha256(name));
            digest.update(Digest.sha256(content));
        });
        return Digest.hex(digest.digest());
    }

    private static boolean isCatalogFile(Path file) {
        String name = String.valueOf(file.getFileName());
        return (name.endsWith(".yaml") || name.endsWith(".yml")) && !name.startsWith(".") && Files.isRegularFile(file);
    }

    private static CatalogException trouble(Path path, String message) {
        return new CatalogException(new Complaint(path.toString(), 0, "", message));
    }
}
