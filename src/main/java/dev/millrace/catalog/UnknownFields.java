package dev.millrace.catalog;

/** What happens to a parameter that a model's schema does not name; the dialect chooses. */
public enum UnknownFields {
    /** It is dropped without a word. */
    IGNORE,
    /** It is an error that says which name was meant. */
    REJECT
}
