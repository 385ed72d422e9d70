package dev.millrace.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.access.NewKey;
import dev.millrace.api.millrace.people.Folk;
import dev.millrace.app.Gateway;
import dev.millrace.crypto.Digest;
import dev.millrace.db.SqlDialect;
import dev.millrace.id.OrganizationId;
import dev.millrace.json.Json;
import dev.millrace.testkit.Await;
import dev.millrace.testkit.Caller;
import dev.millrace.testkit.Caller.Reply;
import dev.millrace.testkit.LocalPostgres;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

class ArchiveTest {
    @ParameterizedTest
    @EnumSource(SqlDialect.class)
    void an_archive_opens_has_no_secret_and_adds_up_to_the_ledger(SqlDialect dialect) throws IOException {
        Map<String, String> settings = new HashMap<>(Folk.OPEN);
        if (dialect == SqlDialect.POSTGRESQL) {
            settings.put(
                    "database.url",
                    LocalPostgres.shared().url(LocalPostgres.shared().createDatabase()));
        }
        try (Gateway gateway = Gateway.start(settings)) {
            NewKey key = gateway.customer("20");
            Caller customer = gateway.caller(key);
            String job = customer.post(
                            "/api/v1/generations",
                            "{\"model\":\"sandbox/image\",\"prompt\":\"a\",\"size\":\"64x64\",\"async\":true}")
                    .at("id");
            Await.until(
                    "the picture is made",
                    () -> customer.get("/api/v1/jobs/" + job).at("status").equals("completed"));
            Reply reply = customer.get("/api/v1/organizations/" + key.organization() + "/export");
            assertThat(reply.status()).as(reply.toString()).isEqualTo(200);
            assertThat(reply.header("Content-Type")).isEqualTo("application/zip");

            Map<String, byte[]> files = opened(reply.bytes());
            manifestFits(files);
            assertThat(files)
                    .containsKeys(
                            "README.txt", "organizations.jsonl", "api_keys.jsonl", "jobs.jsonl", "transfers.jsonl");
            assertThat(files.keySet()).anyMatch(name -> name.startsWith("files/") && name.endsWith(".png"));
            String all = new String(reply.bytes(), StandardCharsets.ISO_8859_1);
            files.forEach((name, bytes) -> {
                String text = new String(bytes, StandardCharsets.UTF_8);
                assertThat(text).as(name).doesNotContain(key.full(), "\"hash\"", "sealed", "$argon2");
                assertThat(text).doesNotContain(Digest.hex(Digest.sha256(key.full())));
            });
            assertThat(all).isNotEmpty();
            addsUp(gateway, key.organization(), files);
            gateway.check();
        }
    }

    @ParameterizedTest
    @EnumSource(SqlDialect.class)
    void a_person_takes_home_what_is_his_alone(SqlDialect dialect) throws IOException {
        Map<String, String> settings = new HashMap<>(Folk.OPEN);
        if (dialect == SqlDialect.POSTGRESQL) {
            settings.put(
                    "database.url",
                    LocalPostgres.shared().url(LocalPostgres.shared().createDatabase()));
        }
        try (Gateway gateway = Gateway.start(settings)) {
            Folk.Somebody ann = Folk.signUp(gateway, "ann");
            Folk.signUp(gateway, "bob");
            Map<String, byte[]> files =
                    opened(ann.caller().get("/api/v1/me/export").bytes());
            manifestFits(files);
            assertThat(text(files, "people.jsonl")).contains("ann@example.org");
            files.forEach((name, bytes) -> assertThat(new String(bytes, StandardCharsets.UTF_8))
                    .as(name)
                    .doesNotContain("bob@example.org", "$argon2"));
            assertThat(files).containsKeys("sessions.jsonl", "members.jsonl", "audit_log.jsonl");
            Reply found = gateway.caller(gateway.operator()).get("/api/v1/find?q=ann@example.org");
            assertThat(found.text())
                    .contains("\"kind\":\"person\"", ann.id(), ann.organization())
                    .doesNotContain("bob");
        }
    }

    private static void addsUp(Gateway gateway, OrganizationId organization, Map<String, byte[]> files) {
        BigDecimal available = BigDecimal.ZERO;
        for (JsonNode line : lines(files, "transfers.jsonl")) {
            BigDecimal amount = new BigDecimal(line.path("amount").asString());
            String account = "org:" + organization + ":available";
            available = line.path("credit").asString().equals(account) ? available.add(amount) : available;
            available = line.path("debit").asString().equals(account) ? available.subtract(amount) : available;
        }
        JsonNode wallet = lines(files, "wallets.jsonl").getFirst();
        assertThat(available).isEqualByComparingTo(wallet.path("available").asString());
        String[] statement = text(files, "statement.csv").split("\r\n");
        assertThat(new BigDecimal(statement[statement.length - 1].split(",")[5]))
                .isEqualByComparingTo(available);
        long nanos = gateway.database()
                .<Long>read(tx -> tx.count("select available from wallets where organization = ?", organization));
        assertThat(available.movePointRight(9)).isEqualByComparingTo(BigDecimal.valueOf(nanos));
    }

    private static void manifestFits(Map<String, byte[]> files) {
        JsonNode manifest = Json.readOwn(text(files, Archive.MANIFEST));
        assertThat(manifest.path("files").size()).isEqualTo(files.size() - 1);
        for (JsonNode file : manifest.path("files")) {
            byte[] bytes = files.get(file.path("file").asString());
            assertThat(bytes.length).isEqualTo(file.path("bytes").intValue());
            assertThat(Digest.hex(Digest.sha256(bytes)))
                    .isEqualTo(file.path("sha256").asString());
        }
    }

    private static List<JsonNode> lines(Map<String, byte[]> files, String name) {
        return text(files, name).lines().<JsonNode>map(Json::readOwn).toList();
    }

    private static String text(Map<String, byte[]> files, String name) {
        return new String(files.get(name), StandardCharsets.UTF_8);
    }

    private static Map<String, byte[]> opened(byte[] zip) throws IOException {
        Map<String, byte[]> files = new LinkedHashMap<>();
        try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(zip))) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                files.put(entry.getName(), in.readAllBytes());
            }
        }
        return files;
    }
}
