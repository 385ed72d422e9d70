package dev.millrace.mail;

import dev.millrace.config.Secret;
import java.time.Duration;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How letters are sent, section {@code mail}.
 *
 * @param host the mail server; not set sends none, and links are shown to whoever makes them
 * @param port its port; 0 takes 587, or 465 where {@code tls} is {@code implicit}
 * @param user who signs in there; not set signs nobody in
 * @param password what he signs in with
 * @param tls {@code starttls} and {@code implicit} encrypt, or send nothing; {@code off} is for a server on this machine
 * @param from the address that letters come from
 * @param fromName the name beside it
 * @param timeout how long the server may take for each of its answers
 * @param giveUpAfter for how long a letter is tried that the server does not take yet
 * @param keep how long the record of an ended letter is kept; it says neither to whom nor what
 */
public record MailSettings(
        @Nullable String host,
        int port,
        @Nullable String user,
        @Nullable Secret password,
        Tls tls,
        @Nullable String from,
        String fromName,
        Duration timeout,
        Duration giveUpAfter,
        Duration keep) {
    private static final Pattern ADDRESS =
            Pattern.compile("[^\\s@<>\"(),:;\\[\\]\\\\\\p{Cntrl}]{1,64}@[\\p{L}\\p{N}.-]{1,253}");
    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9.:_-]{1,253}");

    public static final MailSettings DEFAULTS = new MailSettings(
            null,
            0,
            null,
            null,
            Tls.STARTTLS,
            null,
            "Millrace",
            Duration.ofSeconds(20),
            Duration.ofDays(2),
            Duration.ofDays(30));

    public MailSettings {
        if (host != null && !HOST.matcher(host).matches()) {
            throw new IllegalArgumentException(
                    "host must be the name of a mail server; leave it out to send no letters");
        }
        if (host != null && (from == null || !ADDRESS.matcher(from).matches())) {
            throw new IllegalArgumentException(
                    "from must be an address such as millrace@example.org where host is set");
        }
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("port must be from 0 to 65535");
        }
        if ((user == null) != (password == null)) {
            throw new IllegalArgumentException("user and password go together: set both, or neither");
        }
        if (user != null && tls == Tls.OFF && !ofThisMachine(host)) {
            throw new IllegalArgumentException("tls is off: the password would go to another machine in clear");
        }
        if (!timeout.isPositive() || !giveUpAfter.isPositive() || !keep.isPositive()) {
            throw new IllegalArgumentException("timeout, give_up_after and keep must be more than nothing");
        }
    }

    /** How the connection is encrypted. */
    public enum Tls {
        STARTTLS,
        IMPLICIT,
        OFF
    }

    /** Whether letters are sent. */
    public boolean on() {
        return host != null;
    }

    /** The port that is connected to. */
    int door() {
        return port > 0 ? port : tls == Tls.IMPLICIT ? 465 : 587;
    }

    /** The name behind the sender's at sign: what letters' ids end with, and how this machine greets. */
    String domain() {
        return from == null ? "localhost" : from.substring(from.indexOf('@') + 1);
    }

    private static boolean ofThisMachine(@Nullable String host) {
        return host != null && (host.equals("localhost") || host.equals("::1") || host.startsWith("127."));
    }
}
