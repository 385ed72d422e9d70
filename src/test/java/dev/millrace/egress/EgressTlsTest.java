package dev.millrace.egress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.address.AddressText;
import dev.millrace.testkit.ScriptedUpstream;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EgressTlsTest {
    private static final char[] PASSWORD = "changeit".toCharArray();

    @TempDir
    Path folder;

    @Test
    void the_certificate_must_be_trusted_in_date_and_for_the_name_that_was_asked_for() throws Exception {
        SSLContext good = context(keys("good.example", "-1d", "2"));
        SSLContext expired = context(keys("good.example", "-9d", "2"));
        try (ScriptedUpstream upstream = ScriptedUpstream.start(good.getServerSocketFactory());
                ScriptedUpstream late = ScriptedUpstream.start(expired.getServerSocketFactory())) {
            assertThat(get(good, "good.example", upstream.port())).isEqualTo(200);
            assertThat(upstream.await(1).header("host")).isEqualTo("good.example:" + upstream.port());
            assertNotConnected(good, "other.example", upstream.port());
            assertNotConnected(good, "127.0.0.1", upstream.port());
            assertNotConnected(SSLContext.getDefault(), "good.example", upstream.port());
            assertNotConnected(expired, "good.example", late.port());
            assertThat(upstream.requests()).hasSize(1);
            assertThat(late.requests()).isEmpty();
        }
    }

    @Test
    void a_server_that_never_shakes_hands_times_out() throws Exception {
        try (ScriptedUpstream plain = ScriptedUpstream.start()) {
            var egress = new Egress(
                    EgressSettings.DEFAULTS.allowing("127.0.0.1"),
                    new SimpleMeterRegistry(),
                    host -> List.of(AddressText.parse("127.0.0.1").orElseThrow()),
                    SSLContext.getDefault());
            var url = URI.create("https://good.example:" + plain.port() + "/");
            assertThatThrownBy(() -> egress.send(EgressRequest.get(url, Duration.ofMillis(200), 10, Trust.CUSTOMER)))
                    .isInstanceOfSatisfying(
                            EgressException.class,
                            e -> assertThat(e.failure()).isIn(EgressFailure.TIMED_OUT, EgressFailure.NOT_CONNECTED));
        }
    }

    private static void assertNotConnected(SSLContext trust, String host, int port) {
        assertThatThrownBy(() -> get(trust, host, port))
                .isInstanceOfSatisfying(
                        EgressException.class, e -> assertThat(e.failure()).isEqualTo(EgressFailure.NOT_CONNECTED));
    }

    private static int get(SSLContext trust, String host, int port) throws EgressException {
        var egress = new Egress(
                EgressSettings.DEFAULTS.allowing("127.0.0.1"),
                new SimpleMeterRegistry(),
                name -> List.of(AddressText.parse("127.0.0.1").orElseThrow()),
                trust);
        var url = URI.create("https://" + host + ":" + port + "/");
        return egress.send(EgressRequest.get(url, Duration.ofSeconds(20), 100, Trust.CUSTOMER))
                .status();
    }

    /** A context that shows the host's certificate and trusts the authority that signed it. */
    private static SSLContext context(KeyStore keys) throws GeneralSecurityException, IOException {
        var key = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        key.init(keys, PASSWORD);
        KeyStore authority = KeyStore.getInstance("PKCS12");
        authority.load(null, null);
        authority.setCertificateEntry("ca", keys.getCertificate("ca"));
        var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(authority);
        var context = SSLContext.getInstance("TLS");
        context.init(key.getKeyManagers(), trust.getTrustManagers(), null);
        return context;
    }

    private KeyStore keys(String host, String from, String days)
            throws IOException, InterruptedException, GeneralSecurityException {
        Path store = folder.resolve(host + from + ".p12");
        keytool(store, "-alias", "ca", "-dname", "CN=Test Authority", "-ext", "bc:c");
        keytool(
                store,
                "-alias",
                "host",
                "-dname",
                "CN=" + host,
                "-ext",
                "san=dns:" + host,
                "-startdate",
                from,
                "-validity",
                days,
                "-signer",
                "ca");
        KeyStore both = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            both.load(in, PASSWORD);
        }
        KeyStore keys = KeyStore.getInstance("PKCS12");
        keys.load(null, null);
        keys.setKeyEntry("host", both.getKey("host", PASSWORD), PASSWORD, both.getCertificateChain("host"));
        keys.setCertificateEntry("ca", both.getCertificate("ca"));
        return keys;
    }

    private static void keytool(Path store, String... what) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-keyalg",
                "EC",
                "-storetype",
                "PKCS12",
                "-keystore",
                store.toString(),
                "-storepass",
                new String(PASSWORD)));
        command.addAll(List.of(what));
        Process keytool = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(keytool.waitFor()).as(said).isZero();
    }
}
