package dev.millrace.admission;

import java.util.Optional;

/**
 * One parameter that says where a file is.
 *
 * @param path where it stands, as {@code input_images.0}
 * @param role what the file is for; an empty text when that is not known
 * @param url the value: a URL, or a {@code data:} URL
 */
record InputField(String path, String role, String url) {
    /** What the file has to be; empty when it is not fetched, only guarded. */
    Optional<InputKind> kind() {
        return InputKind.ofRole(role);
    }

    /** Names nothing: the value is the customer's. */
    @Override
    public String toString() {
        return "InputField[" + path + "]";
    }
}
