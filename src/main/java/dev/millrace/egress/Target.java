package dev.millrace.egress;

import dev.millrace.address.AddressText;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;

/**
 * Where a URL leads, read once, by us, and by nobody after us: parsers that differ are how a URL passes a guard and then goes
 * elsewhere.
 *
 * @param host a host name in lower case, or an address; as the URL has it, without brackets
 * @param pathAndQuery what goes into the request line
 */
record Target(boolean tls, String host, int port, String pathAndQuery) {
    private static final int LENGTH_MAX = 4096;
    private static final int PORT_MAX = 65_535;

    /** @throws BadUrlException with a clause that says what is wrong and what would be right */
    static Target parse(String url) {
        if (url.length() > LENGTH_MAX) {
            throw new BadUrlException("is longer than " + LENGTH_MAX + " characters");
        }
        for (int i = 0; i < url.length(); i++) {
            char c = url.charAt(i);
            if (c <= ' ' || c > '~' || c == '\\' || c == '"' || c == '<' || c == '>' || c == '^' || c == '`') {
                throw new BadUrlException(
                        "has a character that must be percent-encoded, or written in punycode in the host");
            }
        }
        try {
            var unused = new URI(url);
        } catch (URISyntaxException e) {
            throw new BadUrlException("is not well formed");
        }
        int scheme = url.indexOf("://");
        String name = scheme < 0 ? "" : url.substring(0, scheme).toLowerCase(Locale.ROOT);
        if (!name.equals("https") && !name.equals("http")) {
            throw new BadUrlException("must start with https://");
        }
        if (url.indexOf('#') >= 0) {
            throw new BadUrlException("must not have a fragment");
        }
        int from = scheme + 3;
        int end = firstOf(url, from);
        return authority(name.equals("https"), url.substring(from, end), path(url.substring(end)));
    }

    /** The address that the host spells; empty when it is a name. */
    Optional<InetAddress> literal() {
        return AddressText.parse(host);
    }

    /** The value of the Host header. */
    String authority() {
        String bracketed = host.indexOf(':') >= 0 ? "[" + host + "]" : host;
        return port == (tls ? 443 : 80) ? bracketed : bracketed + ":" + port;
    }

    private static Target authority(boolean tls, String authority, String path) {
        if (authority.indexOf('@') >= 0) {
            throw new BadUrlException("must not have a user name or password");
        }
        boolean bracket = authority.startsWith("[");
        int hostEnd = bracket ? authority.indexOf(']') : authority.indexOf(':');
        String host = hostEnd < 0 ? authority : authority.substring(bracket ? 1 : 0, hostEnd);
        String rest = hostEnd < 0 ? "" : authority.substring(bracket ? hostEnd + 1 : hostEnd);
        boolean address = AddressText.parse(host).isPresent();
        boolean known = bracket ? hostEnd > 0 && address && host.indexOf(':') >= 0 : address || HostText.name(host);
        if (!known) {
            throw new BadUrlException("has no host name, or an address that is not written in its usual form");
        }
        return new Target(tls, host.toLowerCase(Locale.ROOT), port(rest, tls), path);
    }

    private static int port(String text, boolean tls) {
        if (text.isEmpty()) {
            return tls ? 443 : 80;
        }
        boolean digits = text.length() > 1
                && text.length() <= 6
                && text.charAt(0) == ':'
                && text.substring(1).chars().allMatch(c -> c >= '0' && c <= '9');
        int port = digits ? Integer.parseInt(text.substring(1)) : 0;
        if (port < 1 || port > PORT_MAX) {
            throw new BadUrlException("has a port that is not 1 to " + PORT_MAX);
        }
        return port;
    }

    private static String path(String rest) {
        return rest.startsWith("/") ? rest : "/" + rest;
    }

    private static int firstOf(String url, int from) {
        for (int i = from; i < url.length(); i++) {
            if (url.charAt(i) == '/' || url.charAt(i) == '?') {
                return i;
            }
        }
        return url.length();
    }
}
