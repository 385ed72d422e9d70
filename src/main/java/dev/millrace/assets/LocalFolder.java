package dev.millrace.assets;

import dev.millrace.crypto.Digest;
import dev.millrace.id.IdSource;
import dev.millrace.problem.ProblemCode;
import dev.millrace.problem.ProblemException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps files in a folder of the data directory: {@code incoming} holds what is being written, {@code unclaimed} one empty
 * marker for each file that has no row yet, and {@code aa/bb} the files.
 */
public final class LocalFolder implements AssetFiles {
    private static final Logger LOG = LoggerFactory.getLogger(LocalFolder.class);
    private static final int PARTS = 256;
    private static final int BUFFER_BYTES = 64 * 1024;
    private static final String FORM = "[0-9a-f-]{36}";

    private final Path folder;
    private final Path incoming;
    private final Path unclaimed;
    private final IdSource ids;
    private final InstantSource clock;

    /** Makes the folder where it is missing, and removes what a crash left half-written longer than a day ago. */
    public LocalFolder(Path folder, IdSource ids, InstantSource clock) throws IOException {
        this.folder = folder;
        this.incoming = Files.createDirectories(folder.resolve("incoming"));
        this.unclaimed = Files.createDirectories(folder.resolve("unclaimed"));
        this.ids = ids;
        this.clock = clock;
        for (String partial : olderThan(incoming, Duration.ofDays(1), Integer.MAX_VALUE)) {
            Files.deleteIfExists(incoming.resolve(partial));
        }
    }

    @Override
    public StoredFile write(InputStream bytes, long maxBytes) throws IOException {
        String location = ids.uuid().toString();
        Path partial = incoming.resolve(location);
        try {
            StoredFile file = copy(bytes, maxBytes, partial, location);
            put(partial, location);
            return file;
        } finally {
            deletePartial(partial);
        }
    }

    /** What can not be removed now is removed when the node starts after a day. */
    private static void deletePartial(Path partial) {
        try {
            Files.deleteIfExists(partial);
        } catch (IOException e) {
            LOG.warn(
                    "a half-written file could not be removed: {}", e.getClass().getSimpleName());
        }
    }

    private void put(Path partial, String location) {
        Path whole = path(location);
        try {
            Files.createDirectories(whole.getParent());
            // The marker comes first: a crash between the two leaves a marker without a file, never the reverse.
            Files.createFile(unclaimed.resolve(location));
            Files.move(partial, whole, StandardCopyOption.ATOMIC_MOVE);
            sync(Objects.requireNonNull(whole.getParent()));
        } catch (IOException e) {
            throw noRoom();
        }
    }

    @Override
    public Path path(String location) {
        if (!location.matches(FORM)) {
            throw new IllegalArgumentException("not a location");
        }
        // The end of an id is random, its beginning is the time: the end spreads the files evenly.
        int end = location.length();
        return folder.resolve(location.substring(end - 2))
                .resolve(location.substring(end - 4, end - 2))
                .resolve(location);
    }

    @Override
    public void claimed(String location) {
        delete(unclaimed.resolve(location));
    }

    @Override
    public void remove(String location) {
        delete(path(location));
        delete(unclaimed.resolve(location));
    }

    @Override
    public boolean hasRoom(long bytes) {
        try {
            return Files.getFileStore(folder).getUsableSpace() > bytes;
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public int parts() {
        return PARTS;
    }

    @Override
    public List<String> part(int number, Duration age) {
        Path part = folder.resolve("%02x".formatted(number));
        List<String> names = new ArrayList<>();
        try {
            if (Files.isDirectory(part)) {
                try (DirectoryStream<Path> inner = Files.newDirectoryStream(part)) {
                    for (Path one : inner) {
                        names.addAll(olderThan(one, age, Integer.MAX_VALUE));
                    }
                }
            }
            return names.stream().filter(name -> name.matches(FORM)).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public List<String> unclaimed(Duration age, int max) {
        try {
            return olderThan(unclaimed, age, max);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static FileChannel fresh(Path to) {
        try {
            return FileChannel.open(to, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        } catch (IOException e) {
            throw noRoom();
        }
    }

    private static StoredFile copy(InputStream bytes, long maxBytes, Path to, String location) throws IOException {
        MessageDigest digest = Digest.newSha256();
        byte[] buffer = new byte[BUFFER_BYTES];
        byte[] head = new byte[0];
        long total = 0;
        try (FileChannel out = fresh(to)) {
            for (int read = bytes.readNBytes(buffer, 0, buffer.length); read > 0; ) {
                total += read;
                if (total > maxBytes) {
                    throw new ProblemException(
                            ProblemCode.PAYLOAD_TOO_LARGE, "The file has more than " + maxBytes + " bytes.");
                }
                head = head.length == 0 ? Arrays.copyOf(buffer, Math.min(read, ContentTypes.HEAD_BYTES)) : head;
                digest.update(buffer, 0, read);
                write(out, ByteBuffer.wrap(buffer, 0, read));
                read = bytes.readNBytes(buffer, 0, buffer.length);
            }
            force(out);
        }
        return new StoredFile(location, total, ContentTypes.of(head), Digest.hex(digest.digest()));
    }

    private static void write(FileChannel out, ByteBuffer bytes) {
        try {
            while (bytes.hasRemaining()) {
                out.write(bytes);
            }
        } catch (IOException e) {
            throw noRoom();
        }
    }

    private static ProblemException noRoom() {
        return new ProblemException(ProblemCode.UNAVAILABLE, "There is no room to store files now; try again later.");
    }

    private static void force(FileChannel out) {
        try {
            out.force(true);
        } catch (IOException e) {
            throw noRoom();
        }
    }

    /** Makes the new name itself safe from a power cut. */
    private static void sync(Path directory) throws IOException {
        try (FileChannel names = FileChannel.open(directory, StandardOpenOption.READ)) {
            names.force(true);
        }
    }

    private List<String> olderThan(Path directory, Duration age, int max) throws IOException {
        Instant limit = clock.instant().minus(age);
        List<String> names = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
            for (Path entry : entries) {
                if (names.size() < max && isOlder(entry, limit)) {
                    names.add(entry.getFileName().toString());
                }
            }
        }
        return names;
    }

    private static boolean isOlder(Path entry, Instant limit) throws IOException {
        try {
            return !Files.getLastModifiedTime(entry).toInstant().isAfter(limit);
        } catch (NoSuchFileException claimedMeanwhile) {
            return false;
        }
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
