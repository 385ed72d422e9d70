package dev.millrace.server;

/** Guards the texts that go into a head, where a line break would start another header. */
final class HeaderText {
    private HeaderText() {}

    static String name(String name) {
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (!(c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '-' || c == '_')) {
                throw new IllegalArgumentException("not a header name");
            }
        }
        return name;
    }

    static String value(String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c < ' ' && c != '\t' || c > '~') {
                throw new IllegalArgumentException("a header value has a character that it may not have");
            }
        }
        return value;
    }
}
