package dev.millrace.egress;

import dev.millrace.address.Network;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Decides what customers' URLs may reach: the open Internet, and what the operator allowed. */
final class Guard {
    /** Not the open Internet: IANA's special-purpose registries (RFC 6890), multicast, and what is reserved. */
    private static final List<Network> REFUSED = networks(
            "0.0.0.0/8",
            "10.0.0.0/8",
            "100.64.0.0/10",
            "127.0.0.0/8",
            "169.254.0.0/16",
            "172.16.0.0/12",
            "192.0.0.0/24",
            "192.0.2.0/24",
            "192.88.99.0/24",
            "192.168.0.0/16",
            "198.18.0.0/15",
            "198.51.100.0/24",
            "203.0.113.0/24",
            "224.0.0.0/4",
            "240.0.0.0/4",
            "2001::/23",
            "2001:db8::/32",
            "2002::/16",
            "3fff::/20");

    /** IPv6 that is routed at all; everything else (loopback, mapped, NAT64, local, multicast …) is refused. */
    private static final Network ROUTED_IPV6 = Network.parse("2000::/3");

    private final List<Network> allowed;
    private final EgressSettings settings;
    private final Set<InetAddress> own;

    /** @throws IllegalArgumentException when a setting names no network */
    Guard(EgressSettings settings) {
        this.settings = settings;
        this.allowed = settings.allow().stream().map(Network::parse).toList();
        this.own = ownAddresses();
    }

    /** Refuses what is refused whatever the name resolves to. */
    void checkBeforeLookup(Target target) {
        var literal = target.literal();
        if (literal.isPresent()) {
            if (!reaches(target, literal.get())) {
                throw new BadUrlException("leads to an address, a port or over a scheme that may not be used");
            }
            return;
        }
        if (!allowed.isEmpty()) {
            return; // whether the name lies in an allowed network is known when it is looked up
        }
        if (local(target.host())) {
            throw new BadUrlException("leads to a name that is not on the open Internet");
        }
        if (!target.tls() && !settings.http()) {
            throw new BadUrlException("must start with https://");
        }
        if (!settings.ports().contains(target.port())) {
            throw new BadUrlException("names a port other than "
                    + settings.ports().stream().map(String::valueOf).collect(Collectors.joining(", ")));
        }
    }

    /** Whether a connection may be made for this target to this address, which its host is or was resolved to. */
    boolean reaches(Target target, InetAddress address) {
        if (allowed.stream().anyMatch(network -> network.contains(address))) {
            return true;
        }
        return open(address)
                && !own.contains(address)
                && settings.ports().contains(target.port())
                && (target.tls() || settings.http());
    }

    /** Whether it is an address of the open Internet. */
    static boolean open(InetAddress address) {
        return (address.getAddress().length == 4 || ROUTED_IPV6.contains(address))
                && REFUSED.stream().noneMatch(network -> network.contains(address));
    }

    private static boolean local(String host) {
        return host.equals("localhost")
                || host.indexOf('.') < 0
                || host.endsWith(".localhost")
                || host.endsWith(".local")
                || host.endsWith(".internal");
    }

    private static Set<InetAddress> ownAddresses() {
        try (Stream<NetworkInterface> interfaces = NetworkInterface.networkInterfaces()) {
            return interfaces.flatMap(NetworkInterface::inetAddresses).collect(Collectors.toCollection(HashSet::new));
        } catch (SocketException e) {
            return Set.of();
        }
    }

    private static List<Network> networks(String... texts) {
        return Stream.of(texts).map(Network::parse).toList();
    }
}
