/**
 * Letters by e-mail: the outbox, the workers that empty it, and the door to the mail server. Invariant: a letter is put in with the change that
 * it tells of, is tried once for each claim, and what it says is erased once it was sent or given up. SMTP is a door of its own beside
 * egress, which speaks HTTP: it leads to the one host that the settings name, and to none that a customer names. May import level 2 and below.
 */
@NullMarked
package dev.millrace.mail;

import org.jspecify.annotations.NullMarked;
