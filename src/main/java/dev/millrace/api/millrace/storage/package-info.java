/**
 * The storage of an organization under {@code /api/v1/storage}: its uploads and the outputs of its jobs. Invariant: nobody sees or
 * erases another organization's file, and what has no key is a signed link that ends. May import api.millrace and the levels below.
 */
@NullMarked
package dev.millrace.api.millrace.storage;

import org.jspecify.annotations.NullMarked;
