/**
 * The door: one HTTP/1.1 server on virtual threads, its routes, requests, answers and event streams. Invariant: every
 * answer, whoever made it, carries the request's id, and every failure has the body of the dialect that owns its path.
 * The only package that names the HTTP server library. Imports levels 0 and 1.
 */
@NullMarked
package dev.millrace.server;

import org.jspecify.annotations.NullMarked;
