package dev.millrace.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClientAddressTest {
    private final ClientAddress behind = new ClientAddress(List.of("10.0.0.0/8", "fd00::/8"));

    @ParameterizedTest(name = "{0} with {1} is {2}")
    @CsvSource(delimiter = '|', textBlock = """
            203.0.113.9 | 198.51.100.7                       | 203.0.113.9
            10.1.2.3    | 198.51.100.7                       | 198.51.100.7
            10.1.2.3    | 1.1.1.1, 198.51.100.7              | 198.51.100.7
            10.1.2.3    | 1.1.1.1, 198.51.100.7, 10.9.9.9    | 198.51.100.7
            10.1.2.3    | 10.0.0.5, 10.9.9.9                 | 10.0.0.5
            10.1.2.3    | 198.51.100.7:4711                  | 198.51.100.7
            10.1.2.3    | [2001:db8::5]:4711                 | 2001:db8:0:0:0:0:0:5
            10.1.2.3    | 198.51.100.7, unknown              | 10.1.2.3
            10.1.2.3    | 0x7f.1                             | 10.1.2.3
            fd00::1     | 198.51.100.7                       | 198.51.100.7
            """)
    void a_header_is_believed_as_far_as_trusted_proxies_say_it(String peer, String header, String client) {
        assertThat(behind.of(peer, List.of(header))).isEqualTo(client);
    }

    @Test
    void several_headers_are_one_list() {
        assertThat(behind.of("10.1.2.3", List.of("1.1.1.1", "198.51.100.7, 10.2.2.2")))
                .isEqualTo("198.51.100.7");
        assertThat(behind.of("10.1.2.3", List.of())).isEqualTo("10.1.2.3");
    }

    @Test
    void without_a_trusted_proxy_nobody_is_believed() {
        assertThat(new ClientAddress(List.of()).of("10.1.2.3", List.of("1.1.1.1")))
                .isEqualTo("10.1.2.3");
        assertThatThrownBy(() -> new ClientAddress(List.of("somewhere"))).isInstanceOf(IllegalArgumentException.class);
    }
}
