package dev.millrace.api.millrace.people;

/** A link with which somebody sets his password anew; shown once. */
record PasswordLinkBody(String object, String token, String link) {}
