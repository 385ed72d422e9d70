package dev.millrace.server;

import dev.millrace.address.AddressText;
import dev.millrace.address.Network;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Finds the address of the client behind proxies. What {@code X-Forwarded-For} says is believed only as far as those say it
 * whom the operator trusts: anybody can send the header.
 */
final class ClientAddress {
    private final List<Network> trusted;

    /** @throws IllegalArgumentException when a text names no network */
    ClientAddress(List<String> trustedProxies) {
        this.trusted = trustedProxies.stream().map(Network::parse).toList();
    }

    /**
     * The address of the client.
     *
     * @param peer the address at the other end of the connection
     * @param forwarded every {@code X-Forwarded-For} header, in the order in which they came
     */
    String of(String peer, List<String> forwarded) {
        String address = peer;
        for (String hop : hops(forwarded).reversed()) {
            if (!isTrusted(address)) {
                return address;
            }
            Optional<InetAddress> next = AddressText.parse(withoutPort(hop));
            if (next.isEmpty()) {
                return address;
            }
            address = next.get().getHostAddress();
        }
        return address;
    }

    private boolean isTrusted(String address) {
        return trusted.stream().anyMatch(network -> network.contains(address));
    }

    private static List<String> hops(List<String> forwarded) {
        return forwarded.stream()
                .flatMap(header -> Arrays.stream(header.split(",")))
                .map(String::strip)
                .toList();
    }

    private static String withoutPort(String hop) {
        int bracket = hop.indexOf(']');
        if (hop.startsWith("[") && bracket > 0) {
            return hop.substring(1, bracket);
        }
        int colon = hop.indexOf(':');
        return colon >= 0 && colon == hop.lastIndexOf(':') ? hop.substring(0, colon) : hop;
    }
}
