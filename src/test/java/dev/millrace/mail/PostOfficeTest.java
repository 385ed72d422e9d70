package dev.millrace.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.config.Secret;
import dev.millrace.crypto.Seal;
import dev.millrace.lease.DueWork;
import dev.millrace.mail.Letter.Enclosure;
import dev.millrace.mail.Letter.Link;
import dev.millrace.mail.MailSettings.Tls;
import dev.millrace.mail.MailState.Progress;
import dev.millrace.testkit.Await;
import dev.millrace.testkit.MailServer;
import dev.millrace.testkit.MailServer.Got;
import dev.millrace.testkit.OnBothDatabases;
import dev.millrace.testkit.TestDatabase;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PostOfficeTest {
    private static final Letter LETTER = new Letter(
            "Grüße & more",
            List.of("Hello <Ann>,\r\nBcc: eve@example.org"),
            new Link("Look", "https://gate.example/x?token=abc"),
            List.of("Bye."),
            new Enclosure("note.txt", "text/plain", "as it is".getBytes(StandardCharsets.UTF_8)));

    @OnBothDatabases
    void a_letter_is_sent_once_and_what_it_says_is_erased(TestDatabase database) throws Exception {
        try (MailServer server = MailServer.start();
                PostOffice post = post(database, server.port())) {
            put(database, post, "one");
            assertThat(put(database, post, "one")).as("the same once more").isFalse();
            assertThat(sealed(database)).isEqualTo(1);
            assertThat(clear(database)).doesNotContain("ann@example.org", "token=abc");
            post.start();
            Got got = server.await(1);
            assertThat(got.to()).isEqualTo("ann@example.org");
            assertThat(got.subject()).isEqualTo("Grüße & more");
            assertThat(got.words("text/plain"))
                    .contains("Hello <Ann>, Bcc: eve@example.org", "https://gate.example/x?token=abc");
            assertThat(got.words("text/html")).contains("&lt;Ann&gt;", "href=\"https://gate.example/x?token=abc\"");
            assertThat(got.raw())
                    .contains("Message-ID: <one@example.org>", "Auto-Submitted: auto-generated", "note.txt");
            Await.until("it is written down", () -> state(database, post).progress() == Progress.SENT);
            assertThat(sealed(database)).isZero();
            assertThat(state(database, post).outcome()).isEqualTo("sent");
        }
    }

    @OnBothDatabases
    void a_server_that_is_down_or_not_ready_is_asked_again(TestDatabase database) {
        MailServer first = MailServer.start();
        int port = first.port();
        first.close();
        try (PostOffice post = post(database, port)) {
            put(database, post, "one");
            post.start();
            Await.until(
                    "nobody answered",
                    () -> "no_answer".equals(state(database, post).outcome()));
            try (MailServer server = MailServer.startAt(port)) {
                server.refuse(451);
                again(database);
                Await.until(
                        "it is not ready",
                        () -> "451".equals(state(database, post).outcome()));
                assertThat(state(database, post).progress()).isEqualTo(Progress.PENDING);
                assertThat(state(database, post).nextAttemptAt()).isNotNull();
                server.refuse(0);
                again(database);
                assertThat(server.await(1).to()).isEqualTo("ann@example.org");
                Await.until("it is written down", () -> state(database, post).progress() == Progress.SENT);
                assertThat(state(database, post).attempts()).isEqualTo(3);
            }
        }
    }

    @OnBothDatabases
    void what_a_server_refuses_for_good_is_not_tried_again(TestDatabase database) {
        try (MailServer server = MailServer.start();
                PostOffice post = post(database, server.port())) {
            server.refuse(550);
            put(database, post, "one");
            post.start();
            Await.until("it is given up", () -> state(database, post).progress() == Progress.FAILED);
            assertThat(state(database, post).outcome()).isEqualTo("550");
            assertThat(server.asked()).isEqualTo(1);
            assertThat(sealed(database)).isZero();
        }
    }

    @OnBothDatabases
    void letters_are_kept_through_a_restart(TestDatabase database) {
        try (MailServer server = MailServer.start()) {
            put(database, post(database, server.port()), "one");
            database.reopen();
            try (PostOffice post = post(database, server.port())) {
                post.start();
                assertThat(server.await(1).to()).isEqualTo("ann@example.org");
            }
        }
    }

    @Test
    void a_password_never_goes_over_the_net_in_clear() {
        assertThatThrownBy(() -> settings("mail.example.org", 25, Tls.OFF, new Secret("x")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("tls");
        assertThat(settings("mail.example.org", 0, Tls.IMPLICIT, new Secret("x"))
                        .door())
                .isEqualTo(465);
    }

    @OnBothDatabases
    void nothing_is_sent_to_a_server_that_does_not_encrypt_where_that_is_wanted(TestDatabase database) {
        try (MailServer server = MailServer.start();
                PostOffice post = post(database, settings("127.0.0.1", server.port(), Tls.STARTTLS, null))) {
            put(database, post, "one");
            post.start();
            Await.until("it was tried", () -> state(database, post).attempts() == 1);
            assertThat(server.asked()).isZero();
        }
    }

    private static PostOffice post(TestDatabase database, int port) {
        return post(database, settings("127.0.0.1", port, Tls.OFF, null));
    }

    private static PostOffice post(TestDatabase database, MailSettings settings) {
        return new PostOffice(
                database.database(),
                new DueWork(),
                new Seal(new byte[Seal.MASTER_KEY_BYTES], new SecureRandom()),
                settings,
                "node",
                new Random(1),
                database.clock(),
                new SimpleMeterRegistry());
    }

    private static MailSettings settings(String host, int port, Tls tls, Secret password) {
        return new MailSettings(
                host,
                port,
                password == null ? null : "millrace",
                password,
                tls,
                "millrace@example.org",
                "Millrace",
                Duration.ofSeconds(5),
                Duration.ofDays(2),
                Duration.ofDays(30));
    }

    private static boolean put(TestDatabase database, PostOffice post, String id) {
        return database.writer().<Boolean>write("a", tx -> post.put(tx, id, "test", "a", "ann@example.org", LETTER));
    }

    private static MailState state(TestDatabase database, PostOffice post) {
        return database.database().read(tx -> post.state(tx, "one")).orElseThrow();
    }

    private static long sealed(TestDatabase database) {
        return database.database().read(tx -> tx.count("select count(*) from mails where sealed is not null"));
    }

    private static String clear(TestDatabase database) {
        return database.database()
                .read(tx -> tx.one(
                        "select sealed from mails",
                        row -> new String(row.bytes("sealed"), StandardCharsets.ISO_8859_1)))
                .orElseThrow();
    }

    /** The time of the next attempt has come. */
    private static void again(TestDatabase database) {
        database.writer().write("a", tx -> tx.update("update due_work set due_at = 0 where kind = 'mail'"));
    }
}
