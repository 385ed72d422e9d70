package dev.millrace.server;

import java.util.function.Supplier;

/** Stands around the answering of every request, failures included, for what all routes share. */
@FunctionalInterface
public interface Around {
    /** @param next answers the request; never throws for what a client can cause */
    Response answer(Request request, Supplier<Response> next);
}
