package dev.millrace.egress;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/** Looks host names up. */
@FunctionalInterface
public interface Resolver {
    /** The system's own. */
    Resolver SYSTEM = host -> List.of(InetAddress.getAllByName(host));

    /** The addresses of a host name; at least one. */
    List<InetAddress> resolve(String host) throws UnknownHostException;
}
