package dev.millrace.access;

import dev.millrace.address.AddressText;
import dev.millrace.address.Network;
import dev.millrace.server.Request;
import dev.millrace.server.Response;
import java.util.List;
import java.util.function.Supplier;

/** Knows the address of the client whose request is being answered, so that a key that is bound to networks can be held to them. */
public final class Origin {
    private static final ScopedValue<String> ADDRESS = ScopedValue.newInstance();

    private Origin() {}

    /** An {@link dev.millrace.server.Around} for all routes. */
    public static Response around(Request request, Supplier<Response> next) {
        return ScopedValue.where(ADDRESS, request.remoteAddress()).call(next::get);
    }

    /** The address of the client; empty outside of a request. */
    public static String address() {
        return ADDRESS.orElse("");
    }

    /** @throws dev.millrace.problem.ProblemException {@code FORBIDDEN} when there are networks and the client is in none of them */
    static void require(List<Network> networks) {
        if (networks.isEmpty()) {
            return;
        }
        boolean within = AddressText.parse(address())
                .filter(client -> networks.stream().anyMatch(network -> network.contains(client)))
                .isPresent();
        if (!within) {
            throw Forbidden.NETWORK.exception("This API key may not be used from the address " + address()
                    + "; use it from a network that it allows, or allow this one.");
        }
    }
}
