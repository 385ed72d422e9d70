/**
 * What the installation knows of a person or an organization: found, handed out as one archive, and erased. Invariant: the inventory
 * names every table and every column of the database, and both archives and erasures are made from it; what it names a secret leaves in
 * no archive, and what it keeps of somebody who was erased says nothing but ids and amounts. May import levels 0 to 5.
 */
@NullMarked
package dev.millrace.privacy;

import org.jspecify.annotations.NullMarked;
