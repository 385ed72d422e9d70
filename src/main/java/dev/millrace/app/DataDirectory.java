package dev.millrace.app;

import dev.millrace.config.ConfigException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The folder in which one installation lives, held by one process at a time. */
final class DataDirectory implements AutoCloseable {
    private static final String LOCK = "millrace.lock";

    private final Path folder;
    private final @Nullable FileChannel channel;

    private DataDirectory(Path folder, @Nullable FileChannel channel) {
        this.folder = folder;
        this.channel = channel;
    }

    /** Where it is when nobody says: {@code $MILLRACE_HOME}, else {@code ~/.millrace}. */
    static Path standard(Map<String, String> environment) {
        String home = environment.getOrDefault("MILLRACE_HOME", "");
        return home.isEmpty() ? Path.of(System.getProperty("user.home"), ".millrace") : Path.of(home);
    }

    /**
     * Makes the folder when it is not there, and takes it for this process.
     *
     * @throws ConfigException when it can not be written or another process has it
     */
    static DataDirectory open(Path folder) {
        try {
            Files.createDirectories(folder);
        } catch (FileAlreadyExistsException e) {
            throw new ConfigException("the data directory " + folder + " is a file");
        } catch (IOException e) {
            throw new ConfigException("the data directory " + folder + " can not be made: " + reason(e));
        }
        FileChannel channel = null;
        try {
            channel = FileChannel.open(
                    folder.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            take(channel, folder);
            return new DataDirectory(folder, channel);
        } catch (IOException e) {
            throw new ConfigException("the data directory " + folder + " can not be written: " + reason(e));
        }
    }

    /** The folder as it is, without taking it: for looking while a server may be running. */
    static DataDirectory look(Path folder) {
        return new DataDirectory(folder, null);
    }

    private static void take(FileChannel channel, Path folder) throws IOException {
        FileLock lock = tryLock(channel);
        if (lock == null) {
            ByteBuffer holder = ByteBuffer.allocate(20);
            channel.read(holder, 0);
            String pid = new String(holder.array(), 0, holder.position(), StandardCharsets.US_ASCII).strip();
            channel.close();
            throw new ConfigException("the data directory " + folder + " is in use by another millrace"
                    + (pid.isEmpty() ? "" : " (process " + pid + ")") + "; stop it first, choose another --data,"
                    + " or go through its server with --url and --key, where the command has them");
        }
        channel.truncate(0);
        channel.write(ByteBuffer.wrap((ProcessHandle.current().pid() + "\n").getBytes(StandardCharsets.US_ASCII)), 0);
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }

    private static String reason(IOException e) {
        return e instanceof AccessDeniedException
                ? "permission denied"
                : e.getClass().getSimpleName();
    }

    /** A file or folder inside; nothing is made. */
    Path resolve(String name) {
        return folder.resolve(name);
    }

    Path folder() {
        return folder;
    }

    /** Lets go of it. */
    @Override
    public void close() {
        if (channel == null) {
            return;
        }
        try {
            channel.truncate(0);
            channel.close();
        } catch (IOException e) {
            // The process ends; the lock ends with it.
        }
    }
}
