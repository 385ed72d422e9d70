package dev.millrace.db;

/** Takes the two spellings of a PostgreSQL address that people use. */
final class PostgresUrl {
    private PostgresUrl() {}

    /** The JDBC form of {@code postgres://USER:PASSWORD@HOST/NAME}; an address in JDBC form stays as it is. */
    static String jdbc(String url) {
        if (url.startsWith("jdbc:")) {
            return url;
        }
        String rest = url.substring(url.indexOf("://") + 3);
        int at = rest.lastIndexOf('@', rest.indexOf('/') < 0 ? rest.length() : rest.indexOf('/'));
        if (at < 0) {
            return "jdbc:postgresql://" + rest;
        }
        String[] credentials = rest.substring(0, at).split(":", 2);
        String secret = credentials.length == 2 ? "&password=" + credentials[1] : "";
        String address = rest.substring(at + 1);
        return "jdbc:postgresql://" + address + (address.contains("?") ? "&" : "?") + "user=" + credentials[0] + secret;
    }
}
