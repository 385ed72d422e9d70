package dev.millrace.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.json.Json;
import dev.millrace.testkit.Program;
import dev.millrace.testkit.Program.Ended;
import dev.millrace.testkit.RunningServer;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.node.ObjectNode;

/** The contract with the shell: lines, exit codes, and what is never printed. */
class CommandLineTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "serve --prot=1 | millrace: Unknown option: '--prot=1'",
                "serve --port=http --data DIR | millrace: --port: server.port takes a whole number, not \"http\"",
                "serve --config none.yaml --data DIR | millrace: there is no settings file none.yaml",
                "server | millrace: Unmatched argument at index 0: 'server'; did you mean serve",
                "admin | millrace: admin needs one of: init, org, key",
                "admin org create --data DIR | millrace: Missing required parameter: 'NAME'",
                "admin topup x 1 --data DIR | millrace: Invalid value for positional parameter at index 0 (ORGANIZATION): \"x\" is no id",
                "admin init --wallet lots --data DIR | millrace: Invalid value for option '--wallet': \"lots\" is no amount in dollars",
                "admin key list --data DIR | millrace: nothing is set up in DIR; begin with \"millrace admin init\"",
                "demo --url http://x | millrace: --url needs --key",
                "doctor --data DIR/none | millrace: there is no data directory DIR/none"
            })
    void a_mistake_is_one_clear_line_and_exit_code_2(String arguments, String line) {
        String dir = folder.toString();
        Ended ended = Program.run(arguments.strip().replace("DIR", dir).split(" "));
        assertThat(ended.err().lines().toList()).hasSize(1);
        assertThat(ended.err()).startsWith(line.replace("DIR", dir));
        assertThat(ended.code()).isEqualTo(2);
        assertThat(ended.out()).isEmpty();
    }

    @Test
    void a_bad_setting_is_named_wherever_it_stands_and_a_secret_is_not_shown() throws IOException {
        Files.writeString(folder.resolve("millrace.yaml"), "sever:\n  port: 1\n");
        assertRefused(Map.of(), "millrace: millrace.yaml: there is no section sever; did you mean \"server\"?");
        Files.writeString(folder.resolve("millrace.yaml"), "server:\n  prot: 1\n");
        assertRefused(
                Map.of(), "millrace: millrace.yaml: there is no setting server.prot; did you mean \"server.port\"?");
        Files.delete(folder.resolve("millrace.yaml"));
        assertRefused(
                Map.of("MILLRACE_SEVER_PORT", "1"),
                "millrace: the environment sets MILLRACE_SEVER_PORT, which is no setting; did you mean"
                        + " \"MILLRACE_SERVER_PORT\"?");
        assertRefused(
                Map.of("MILLRACE_SECURITY_MASTER_KEY", "hushhushhush"),
                "millrace: security.master_key must hold 64 hexadecimal digits");
        assertRefused(
                Map.of("MILLRACE_DATABASE_URL", "jdbc:postgresql://127.0.0.1:1/none"),
                "millrace: the database could not be opened: ");
    }

    @Test
    void a_data_directory_that_can_not_be_had_is_one_line() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "");
        Ended ended = serve(file, Map.of());
        assertThat(ended.err()).isEqualTo("millrace: the data directory " + file + " is a file\n");
        assertThat(ended.code()).isEqualTo(2);
    }

    @Test
    void init_sets_up_once_and_prints_what_scripts_need() throws IOException {
        Path data = folder.resolve("data");
        Ended made = Program.run("admin", "init", "--data", data.toString(), "--wallet", "12.50", "--json");
        assertThat(made.err()).isEmpty();
        assertThat(made.code()).isZero();
        ObjectNode json = Json.readOwnObject(made.out());
        assertThat(json.propertyNames()).containsExactlyInAnyOrder("organization", "key", "key_id", "key_secret");
        assertThat(json.get("key").asString())
                .isEqualTo("mr_" + json.get("key_id").asString() + "_"
                        + json.get("key_secret").asString());
        assertThat(Files.getPosixFilePermissions(data.resolve("master.key")))
                .isEqualTo(PosixFilePermissions.fromString("rw-------"));
        Ended again = Program.run("admin", "init", "--data", data.toString());
        assertThat(again.code()).isEqualTo(2);
        assertThat(again.err()).endsWith("is set up; \"admin org create\" adds an organization\n");

        Ended second = Program.run("admin", "org", "create", "Second", "--data", data.toString(), "--json");
        String organization =
                Json.readOwnObject(second.out()).get("organization").asString();
        Ended topUp =
                Program.run("admin", "topup", organization, "5", "--cause", "invoice 7", "--data", data.toString());
        assertThat(topUp.out()).isEqualTo("added 5.00 USD; available 105.00 USD\n");
        Ended repeat =
                Program.run("admin", "topup", organization, "5", "--cause", "invoice 7", "--data", data.toString());
        assertThat(repeat.out()).isEqualTo("nothing added: this cause was booked before; available 105.00 USD\n");
        assertThat(Program.run("admin", "org", "list", "--data", data.toString())
                        .out())
                .contains("12.50 USD  Operator  (operator)")
                .contains("105.00 USD  Second");

        String dir = data.toString();
        assertThat(Program.run("admin", "org", "retention", organization, "90d", "--data", dir)
                        .out())
                .isEqualTo("outputs of jobs from now on are kept 90d\n");
        assertThat(Program.run("admin", "org", "retention", organization, "5m", "--data", dir)
                        .err())
                .startsWith("millrace: \"5m\" is no duration from 1h to 3650d");
        assertThat(Program.run("admin", "org", "erase", organization, "--data", dir)
                        .code())
                .isEqualTo(2);
        assertThat(Program.run("admin", "org", "erase", organization, "--yes", "--data", dir)
                        .out())
                .contains("is erased as soon as a server runs");

        assertThat(Program.run("doctor", "--at-rest", "--data", data.toString()))
                .satisfies(doctor -> assertThat(doctor.code()).isZero())
                .satisfies(doctor ->
                        assertThat(doctor.out()).contains("M1", "M7", "J1").doesNotContain("BROKEN"));
        Files.delete(data.resolve("master.key"));
        Ended keyless = serve(data, Map.of());
        assertThat(keyless.code()).isEqualTo(2);
        assertThat(keyless.err()).startsWith("millrace: the master key is missing: put master.key back into ");
        assertThat(Program.run("doctor", "--data", data.toString()).code()).isEqualTo(1);
    }

    @Test
    void a_served_directory_is_taken_and_its_port_too() {
        Path data = folder.resolve("data");
        try (RunningServer server = RunningServer.start(data)) {
            assertThat(server.program().out()).contains("100.00 USD, test money", "curl " + server.url());
            Ended taken = serve(data, Map.of());
            assertThat(taken.code()).isEqualTo(2);
            assertThat(taken.err())
                    .startsWith("millrace: the data directory " + data + " is in use by another millrace (process ")
                    .contains("--url and --key");
            assertThat(Program.run("admin", "org", "list", "--data", data.toString())
                            .code())
                    .isEqualTo(2);
            Ended doctor = Program.run("doctor", "--data", data.toString());
            assertThat(doctor.code()).as(doctor.out() + doctor.err()).isZero();
            assertThat(doctor.out())
                    .contains("read beside the running server", "M1", "J1")
                    .doesNotContain("BROKEN");
            assertThat(server.get("/api/v1/wallet").statusCode()).isEqualTo(200);

            String port = Integer.toString(URI.create(server.url()).getPort());
            Ended noPort = Program.run(
                    "serve", "--port", port, "--data", folder.resolve("other").toString());
            assertThat(noPort.code()).isEqualTo(2);
            assertThat(noPort.err()).startsWith("millrace: can not listen on 127.0.0.1:" + port + ": ");
            assertThat(noPort.err().lines()).hasSize(1);

            Ended made = Program.run(
                    "admin",
                    "org",
                    "create",
                    "Remote",
                    "--url",
                    server.url(),
                    "--key",
                    server.key(),
                    "--wallet",
                    "3",
                    "--json");
            assertThat(made.err()).isEmpty();
            String key = Json.readOwnObject(made.out()).get("key").asString();
            Ended refused =
                    Program.run("admin", "org", "create", "Third", "--url", server.url(), "--key", key, "--json");
            assertThat(refused.code()).isEqualTo(1);
            assertThat(refused.err()).startsWith("millrace: the server says 403: ");

            assertThat(server.program().terminate().code()).isZero();
        }
    }

    @Test
    void the_key_is_shown_once_and_stands_nowhere_else() throws IOException {
        Path data = folder.resolve("data");
        try (RunningServer server = RunningServer.start(data)) {
            var secret = new dev.millrace.testkit.Canary(
                    server.key().substring(server.key().lastIndexOf('_') + 1));
            assertThat(server.get("/api/v1/wallet").statusCode()).isEqualTo(200);
            assertThat(server.get("/api/v1/nothing?key=" + server.key()).statusCode())
                    .isEqualTo(404);
            server.kill();
            server.startAgain();
            assertThat(server.program().out()).doesNotContain("mr_");
            assertThat(server.get("/api/v1/wallet").statusCode()).isEqualTo(200);
            assertThat(secret.in(server.log())).isEmpty();
            assertThat(secret.in(server.get("/metrics").body())).isEmpty();
            server.program().terminate();
            assertThat(secret.below(data)).isEmpty();
        }
    }

    private void assertRefused(Map<String, String> environment, String line) {
        Ended ended = serve(folder, environment);
        assertThat(ended.err()).startsWith(line).doesNotContain("hush");
        assertThat(ended.err().lines()).hasSize(1);
        assertThat(ended.code()).isEqualTo(2);
        assertThat(ended.out()).isEmpty();
    }

    private static Ended serve(Path data, Map<String, String> environment) {
        return Program.run(environment, "serve", "--port", "0", "--data", data.toString());
    }
}
