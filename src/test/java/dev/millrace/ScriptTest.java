package dev.millrace;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The {@code millrace} script, in a folder of its own with a scripted JDK and a scripted Maven. */
class ScriptTest {
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    @TempDir
    Path folder;

    private Path home;
    private Path jdk;

    @BeforeEach
    void a_built_home_with_spaces_in_its_name() throws IOException {
        home = Files.createDirectories(folder.resolve("a home"));
        Files.copy(Path.of("millrace"), home.resolve("millrace"));
        Files.createDirectories(home.resolve("src/main"));
        Files.writeString(home.resolve("pom.xml"), "<project/>");
        Path target = Files.createDirectories(home.resolve("target"));
        Files.writeString(target.resolve("millrace.jar"), "a jar");
        Files.writeString(target.resolve(".built"), "");
        Files.setLastModifiedTime(home.resolve("pom.xml"), FileTime.fromMillis(0));
        Files.setLastModifiedTime(home.resolve("src/main"), FileTime.fromMillis(0));
        jdk = jdk("a jdk", "25.0.3");
    }

    @Test
    void arguments_and_the_exit_code_pass_through_untouched() throws Exception {
        Run run = run(Map.of(), "admin", "org", "create", "Two Words", "--json");
        assertThat(run.output()).contains("<admin> <org> <create> <Two Words> <--json>");
        assertThat(run.exitCode()).isEqualTo(7);
    }

    @Test
    void it_works_through_a_symbolic_link_from_anywhere() throws Exception {
        Path link = Files.createSymbolicLink(folder.resolve("link"), home.resolve("millrace"));
        Run run = run(link, Map.of(), "doctor");
        assertThat(run.output()).contains("<" + home.toRealPath().resolve("target/millrace.jar") + "> <doctor>");
    }

    @Test
    void the_script_keeps_its_own_settings_from_the_program() throws Exception {
        Run run = run(Map.of("MILLRACE_JAVA_OPTS", "-Xmx3g -Dx=y", "MILLRACE_SERVER_PORT", "1"), "serve");
        assertThat(run.output())
                .contains("<-Xmx3g> <-Dx=y>")
                .contains("MILLRACE_SERVER_PORT=1")
                .doesNotContain("MILLRACE_JAVA_HOME=")
                .doesNotContain("MILLRACE_JAVA_OPTS=");
    }

    @Test
    void the_start_up_cache_is_used_when_there_is_one() throws Exception {
        assertThat(run(Map.of(), "serve").output()).doesNotContain("AOTCache");
        Files.writeString(home.resolve("target/millrace.aot"), "a cache");
        assertThat(run(Map.of(), "serve").output())
                .contains("<-XX:AOTCache=" + home.toRealPath().resolve("target/millrace.aot") + ">");
    }

    @Test
    void another_collector_replaces_the_default_one() throws Exception {
        assertThat(run(Map.of(), "serve").output()).contains("<-XX:+UseSerialGC>");
        assertThat(run(Map.of("MILLRACE_JAVA_OPTS", "-XX:+UseG1GC"), "serve").output())
                .contains("<-XX:+UseG1GC>")
                .doesNotContain("UseSerialGC");
    }

    @Test
    void a_jdk_that_is_too_old_is_one_clear_line() throws Exception {
        Path old = jdk("an old jdk", "17.0.15");
        Run run = run(Map.of("MILLRACE_JAVA_HOME", old.toString()), "serve");
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.output().strip())
                .isEqualTo("millrace: MILLRACE_JAVA_HOME=" + old + " is not a JDK 25 or later.");
    }

    @Test
    void an_older_java_home_does_not_hide_a_newer_java_on_the_path() throws Exception {
        Path old = jdk("an old jdk", "17.0.15");
        Run run = run(
                Map.of(
                        "MILLRACE_JAVA_HOME",
                        "",
                        "JAVA_HOME",
                        old.toString(),
                        "PATH",
                        jdk.resolve("bin") + ":" + System.getenv("PATH")),
                "doctor");
        assertThat(run.exitCode()).isEqualTo(7);
    }

    @Test
    void an_unknown_command_is_refused() throws Exception {
        Run run = run(Map.of(), "sreve");
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.output()).contains("there is no command 'sreve'").contains("serve [--port 8080]");
    }

    @Test
    void newer_sources_are_built_first_and_only_once() throws Exception {
        Files.writeString(home.resolve("src/main/New.java"), "class New {}");
        Files.setLastModifiedTime(home.resolve("target/.built"), FileTime.fromMillis(1));
        Map<String, String> maven = Map.of("PATH", maven("echo building; exit 0") + ":" + System.getenv("PATH"));
        assertThat(run(maven, "doctor").output())
                .contains("millrace: building")
                .doesNotContain("\nbuilding")
                .contains("<doctor>");
        assertThat(run(maven, "doctor").output()).doesNotContain("millrace: building");
    }

    @Test
    void a_build_that_fails_shows_why() throws Exception {
        Files.delete(home.resolve("target/millrace.jar"));
        Run run = run(
                Map.of(
                        "PATH",
                        maven("echo '[INFO] much'; echo '[ERROR] a reason'; exit 1") + ":" + System.getenv("PATH")),
                "serve");
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.output())
                .contains("[ERROR] a reason")
                .contains("build.log")
                .doesNotContain("much");
    }

    private record Run(int exitCode, String output) {}

    private Run run(Map<String, String> environment, String... arguments) throws Exception {
        return run(home.resolve("millrace"), environment, arguments);
    }

    private Run run(Path script, Map<String, String> environment, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of("bash", script.toString()));
        command.addAll(List.of(arguments));
        var builder = new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
        builder.environment().keySet().removeIf(name -> name.startsWith("MILLRACE_"));
        builder.environment().put("MILLRACE_JAVA_HOME", jdk.toString());
        builder.environment().putAll(environment);
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        return new Run(process.exitValue(), output);
    }

    /** A JDK whose {@code java} prints what it was given, and exits with 7. */
    private Path jdk(String name, String version) throws IOException {
        Path made = Files.createDirectories(folder.resolve(name));
        Files.writeString(made.resolve("release"), "IMPLEMENTOR=\"x\"\nJAVA_VERSION=\"" + version + "\"\n");
        executable(made.resolve("bin/java"), "printf '<%s> ' \"$@\"; echo; env | grep ^MILLRACE_; exit 7");
        executable(made.resolve("bin/javac"), "exit 1");
        return made;
    }

    private Path maven(String does) throws IOException {
        executable(folder.resolve("maven/mvn"), does);
        return folder.resolve("maven");
    }

    private static void executable(Path file, String body) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, "#!/usr/bin/env bash\n" + body + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
}
