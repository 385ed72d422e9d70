package dev.millrace.id;

/** An identifier with one canonical text, which is what is stored and shown. */
public interface Id {
    /** The canonical text, safe in a URL path segment. */
    String text();
}
