package dev.millrace.api.millrace.people;

/** Something that is no more. */
record DeletedBody(String object, String id, boolean deleted) {
    static DeletedBody of(String object, String id) {
        return new DeletedBody(object + ".deleted", id, true);
    }
}
