package dev.millrace.access.sessions;

import dev.millrace.server.Request;

/**
 * What is known of the program in which somebody signs in, to tell his sessions apart.
 *
 * @param address where it is
 * @param device how it calls itself; at most 200 letters
 */
public record Client(String address, String device) {
    private static final int DEVICE_MAX = 200;

    public Client {
        String plain = device.replaceAll("\\p{Cntrl}", " ").strip();
        device = plain.length() <= DEVICE_MAX ? plain : plain.substring(0, DEVICE_MAX);
    }

    public static Client of(Request request) {
        return new Client(request.remoteAddress(), request.header("User-Agent").orElse(""));
    }
}
