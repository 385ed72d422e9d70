package dev.millrace.assets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.millrace.id.IdSource;
import dev.millrace.problem.ProblemCode;
import dev.millrace.problem.ProblemException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalFolderTest {
    private static final byte[] SMALL = new byte[100];

    @TempDir
    Path folder;

    private LocalFolder open(Path where) throws IOException {
        return new LocalFolder(where, new IdSource(InstantSource.system(), new SecureRandom()), InstantSource.system());
    }

    @Test
    void every_file_lies_in_a_part_that_a_sweep_goes_through() throws IOException {
        LocalFolder files = open(folder);
        List<String> written = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            written.add(files.write(new ByteArrayInputStream(SMALL), 100).location());
        }
        List<String> found = new ArrayList<>();
        for (int part = 0; part < files.parts(); part++) {
            found.addAll(files.part(part, Duration.ZERO));
        }
        assertThat(found).containsExactlyInAnyOrderElementsOf(written);
        assertThat(files.part(0, Duration.ofHours(1))).isEmpty();
        assertThat(files.hasRoom(0)).isTrue();
        assertThat(files.hasRoom(Long.MAX_VALUE)).isFalse();
    }

    @Test
    void a_folder_that_takes_nothing_is_told_leaves_nothing_and_is_used_again_once_it_does() throws Exception {
        LocalFolder files = open(folder);
        files.write(new ByteArrayInputStream(SMALL), 1_000);
        Path incoming = folder.resolve("incoming");
        Files.delete(incoming);
        Files.createFile(incoming);
        assertNoRoom(files);
        Files.delete(incoming);
        Files.createDirectory(incoming);
        assertThat(files.write(new ByteArrayInputStream(SMALL), 1_000).bytes()).isEqualTo(100);
        assertThat(regular()).hasSize(4);
    }

    /** A disk of 256 kilobytes where this machine lets a test have one; elsewhere the test above stands alone. */
    @Test
    void a_full_disk_is_told_leaves_nothing_and_is_used_again_once_it_has_room() throws Exception {
        boolean mounted = run("mount", "-t", "tmpfs", "-o", "size=256k", "tmpfs", folder.toString());
        byte[] large = new byte[mounted ? 150_000 : 0];
        try {
            LocalFolder files = open(folder);
            StoredFile first = files.write(new ByteArrayInputStream(large), 1_000_000);
            if (mounted) {
                assertNoRoom(files);
                assertThat(files.hasRoom(large.length)).isFalse();
            }
            assertThat(regular()).containsExactlyInAnyOrder(first.location(), first.location());
            files.remove(first.location());
            assertThat(files.write(new ByteArrayInputStream(large), 1_000_000).bytes())
                    .isEqualTo(large.length);
        } finally {
            assertThat(!mounted || run("umount", folder.toString())).isTrue();
        }
    }

    private static void assertNoRoom(LocalFolder files) {
        for (int i = 0; i < 3; i++) {
            ProblemException full = catchThrowableOfType(
                    ProblemException.class, () -> files.write(new ByteArrayInputStream(new byte[150_000]), 1_000_000));
            assertThat(full.problem().code()).isEqualTo(ProblemCode.UNAVAILABLE);
        }
    }

    private List<String> regular() throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile)
                    .map(file -> String.valueOf(file.getFileName()))
                    .toList();
        }
    }

    private static boolean run(String... command) throws InterruptedException {
        try {
            return new ProcessBuilder(command).redirectErrorStream(true).start().waitFor() == 0;
        } catch (IOException absent) {
            return false;
        }
    }
}
