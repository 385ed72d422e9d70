/**
 * The OpenAPI document of Millrace's own API, built from its routes and from the records that they answer with. Invariant: what
 * is registered here is documented, and nothing else is. May import server, json and the levels below them.
 */
@NullMarked
package dev.millrace.api.millrace.openapi;

import org.jspecify.annotations.NullMarked;
