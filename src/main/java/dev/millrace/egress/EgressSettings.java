package dev.millrace.egress;

import java.time.Duration;
import java.util.List;

/**
 * What may be reached from here.
 *
 * @param allow networks in CIDR form that are reached although the filter refuses them, such as {@code 127.0.0.0/8}
 * @param http whether plain http may go to every network; to allowed networks it always may
 * @param ports the ports that customers' URLs may name; in allowed networks every port
 * @param connectTimeout how long to wait for a connection, name resolution not included
 */
public record EgressSettings(List<String> allow, boolean http, List<Integer> ports, Duration connectTimeout) {
    public static final EgressSettings DEFAULTS =
            new EgressSettings(List.of(), false, List.of(443, 80, 8443), Duration.ofSeconds(3));

    public EgressSettings {
        allow = List.copyOf(allow);
        ports = List.copyOf(ports);
    }

    /** The same settings with these networks allowed. */
    public EgressSettings allowing(String... networks) {
        return new EgressSettings(List.of(networks), http, ports, connectTimeout);
    }
}
