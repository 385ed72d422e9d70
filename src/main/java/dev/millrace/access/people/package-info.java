/**
 * People and what they are in organizations. Invariant: an address belongs to one person, a person is a member of an organization once, and
 * an organization that has members has an owner among them. Of a password only a slow hash is kept.
 */
@NullMarked
package dev.millrace.access.people;

import org.jspecify.annotations.NullMarked;
