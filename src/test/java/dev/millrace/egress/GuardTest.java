package dev.millrace.egress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.address.AddressText;
import dev.millrace.problem.ProblemException;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.UnknownHostException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GuardTest {
    private final Egress egress = new Egress(EgressSettings.DEFAULTS, new SimpleMeterRegistry());

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://example.com",
                "HTTPS://EXAMPLE.com/a?b=c",
                "https://example.com:8443/a",
                "https://xn--bcher-kva.example/",
                "https://8.8.8.8/hook",
                "https://[2606:4700:4700::1111]/hook",
                "https://1.2.3.4.nip.io/",
                "https://a_b.example.com/x%20y?url=http://127.0.0.1/"
            })
    void a_url_on_the_open_internet_is_taken(String url) {
        egress.check("hook", url);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "example.com",
                "//example.com/",
                "http://example.com/",
                "ftp://example.com/",
                "file:///etc/passwd",
                "gopher://example.com:443/",
                "data:text/plain,hello",
                "jar:https://example.com/a.jar!/",
                "https:example.com",
                "https://",
                "https:///a",
                "https://user:pass@example.com/",
                "https://user@example.com/",
                "https://good.example@bad.example/",
                "https://good.example%40bad.example/",
                "https://good.example\\@bad.example/",
                "https:\\\\example.com/",
                "https://example.com/\\..",
                "https://example.com:22/",
                "https://example.com:6379/",
                "https://example.com:0/",
                "https://example.com:65536/",
                "https://example.com:443:443/",
                "https://example.com:/",
                "https://example.com:+443/",
                "https://127.0.0.1/",
                "https://127.1/",
                "https://127.0.1/",
                "https://0x7f.1/",
                "https://0x7f000001/",
                "https://2130706433/",
                "https://0177.0.0.1/",
                "https://00000177.0.0.1/",
                "https://127.0.0.01/",
                "https://127.0.0.1./",
                "https://256.1.1.1/",
                "https://1.2.3/",
                "https://0/",
                "https://0.0.0.0/",
                "https://[::ffff:127.0.0.1]/",
                "https://[::ffff:7f00:1]/",
                "https://[::127.0.0.1]/",
                "https://[::]/",
                "https://[::1]/",
                "https://[0:0:0:0:0:0:0:1]/",
                "https://[fe80::1%25eth0]/",
                "https://[fe80::1%eth0]/",
                "https://[::1/",
                "https://[127.0.0.1]/",
                "https://[example.com]/",
                "https://localhost/",
                "https://LOCALHOST/",
                "https://localhost./",
                "https://a.localhost/",
                "https://metadata.google.internal/",
                "https://printer.local/",
                "https://intranet/",
                "https://example.com./",
                "https://example..com/",
                "https://127\u30020\u30020\u30021/",
                "https://\u2460\u2461\u2466.0.0.1/",
                "https://b\u00fccher.example/",
                "https://169.254.169.254/latest/meta-data/",
                "https://[fd00:ec2::254]/",
                "https://100.100.100.200/",
                "https://10.0.0.1/",
                "https://example.com/#fragment",
                "https://example.com/ a",
                "https://example.com/\r\nX: 1",
                "https://example.com/\u0000",
                " https://example.com/",
                "https://example.com/%zz"
            })
    void a_url_that_leads_elsewhere_is_refused(String url) {
        assertThatThrownBy(() -> egress.check("hook", url))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e -> assertThat(e.problem().detail()).startsWith("hook: The URL "));
    }

    @Test
    void a_url_of_two_megabytes_is_refused() {
        assertThatThrownBy(() -> egress.check("hook", "https://example.com/" + "a".repeat(2_000_000)))
                .isInstanceOf(ProblemException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.0.0.0",
                "0.1.2.3",
                "10.0.0.0",
                "10.255.255.255",
                "100.64.0.0",
                "100.127.255.255",
                "127.0.0.1",
                "127.255.255.255",
                "169.254.0.1",
                "169.254.169.254",
                "172.16.0.1",
                "172.31.255.255",
                "192.0.0.1",
                "192.0.2.1",
                "192.88.99.1",
                "192.168.0.1",
                "198.18.0.1",
                "198.19.255.255",
                "198.51.100.1",
                "203.0.113.1",
                "224.0.0.1",
                "239.255.255.255",
                "240.0.0.1",
                "255.255.255.255",
                "::",
                "::1",
                "::ffff:10.0.0.1",
                "::ffff:8.8.8.8.8",
                "64:ff9b::7f00:1",
                "64:ff9b:1::1",
                "100::1",
                "2001::1",
                "2001:db8::1",
                "2002:7f00:1::",
                "3fff::1",
                "5f00::1",
                "fc00::1",
                "fd12::1",
                "fe80::1",
                "fec0::1",
                "ff02::1"
            })
    void an_address_off_the_open_internet_is_refused(String text) {
        assertThat(AddressText.parse(text).filter(Guard::open)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1.1.1.1",
                "9.255.255.255",
                "11.0.0.0",
                "100.63.255.255",
                "100.128.0.0",
                "126.255.255.255",
                "128.0.0.1",
                "169.253.255.255",
                "172.15.255.255",
                "172.32.0.0",
                "192.0.1.0",
                "192.167.255.255",
                "192.169.0.0",
                "198.17.255.255",
                "198.20.0.0",
                "223.255.255.255",
                "::ffff:8.8.8.8",
                "2001:4860:4860::8888",
                "2a00::1"
            })
    void an_address_beside_a_refused_network_is_open(String text) {
        assertThat(AddressText.parse(text).filter(Guard::open)).isPresent();
    }

    @Test
    void an_allowed_network_is_reached_on_every_port_and_without_tls() {
        var open = new Egress(EgressSettings.DEFAULTS.allowing("127.0.0.0/8", "::1"), new SimpleMeterRegistry());
        open.check("hook", "http://127.0.0.1:9999/");
        open.check("hook", "http://[::1]:9999/");
        open.check("hook", "http://[::ffff:127.0.0.1]:9999/");
        open.check("hook", "http://sink:9999/");
        for (String url : List.of("http://128.0.0.1:9999/", "http://[::2]/", "https://10.0.0.1/", "http://127.1/")) {
            assertThatThrownBy(() -> open.check("hook", url)).isInstanceOf(ProblemException.class);
        }
    }

    @Test
    void this_machine_is_not_reached_by_its_own_addresses() throws Exception {
        var guard = new Guard(EgressSettings.DEFAULTS);
        try (var interfaces = NetworkInterface.networkInterfaces()) {
            for (InetAddress address :
                    interfaces.flatMap(NetworkInterface::inetAddresses).toList()) {
                assertThat(guard.reaches(new Target(true, "example.com", 443, "/"), address))
                        .as("%s", address)
                        .isFalse();
            }
        }
    }

    @Test
    void a_network_that_is_none_is_refused_at_start() {
        for (String bad : List.of("", "localhost", "10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/x", "10.0.0/8", "::1/129")) {
            assertThatThrownBy(() -> new Guard(EgressSettings.DEFAULTS.allowing(bad)))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void mapped_addresses_are_ipv4() throws UnknownHostException {
        assertThat(AddressText.parse("::ffff:1.2.3.4")).contains(InetAddress.getByName("1.2.3.4"));
    }
}
