/**
 * The way out: the only HTTP client. Invariant: a URL that a customer chose never makes Millrace connect to an address that
 * its filter refuses, because the address that passed the filter is the one that is connected to. No redirect is followed, and
 * every exchange is bounded in time and size. Imports levels 0 and 1.
 */
@NullMarked
package dev.millrace.egress;

import org.jspecify.annotations.NullMarked;
