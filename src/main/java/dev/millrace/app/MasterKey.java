package dev.millrace.app;

import dev.millrace.config.ConfigException;
import dev.millrace.crypto.Seal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;

/** The 32 bytes under which everything is sealed: from the settings, or from a file that its owner alone may read. */
final class MasterKey {
    static final String FILE = "master.key";

    private static final String MISSING =
            "the master key is missing: put master.key back into %s, or set MILLRACE_SECURITY_MASTER_KEY";

    private MasterKey() {}

    /**
     * The key to use.
     *
     * @param fresh whether a new one may be made, as nothing is sealed yet
     * @throws ConfigException when there is none, or it has not the form of one
     */
    static byte[] of(SecuritySettings settings, Path file, SecureRandom random, boolean fresh) {
        if (settings.masterKey() != null) {
            return parse(settings.masterKey().reveal(), "security.master_key");
        }
        try {
            if (Files.exists(file)) {
                return parse(Files.readString(file), file.toString());
            }
            if (!fresh) {
                throw new ConfigException(
                        MISSING.formatted(file.toAbsolutePath().getParent()));
            }
            return create(file, random);
        } catch (IOException e) {
            throw new ConfigException(
                    file + " can not be read or written: " + e.getClass().getSimpleName());
        }
    }

    private static byte[] create(Path file, SecureRandom random) throws IOException {
        byte[] key = new byte[Seal.MASTER_KEY_BYTES];
        random.nextBytes(key);
        if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        }
        Files.writeString(
                file, HexFormat.of().formatHex(key) + "\n", StandardOpenOption.CREATE, StandardOpenOption.SYNC);
        return key;
    }

    private static byte[] parse(String text, String where) {
        try {
            byte[] key = HexFormat.of().parseHex(text.strip());
            if (key.length == Seal.MASTER_KEY_BYTES) {
                return key;
            }
        } catch (IllegalArgumentException notHex) {
            // Said below, without what was there.
        }
        throw new ConfigException(where + " must hold " + 2 * Seal.MASTER_KEY_BYTES + " hexadecimal digits");
    }
}
