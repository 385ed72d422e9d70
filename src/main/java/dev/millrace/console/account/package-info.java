/**
 * The pages for people who are signed in. A form counts only with the token of the session that it was shown to, a page is kept by
 * no cache, and what somebody may see or do is decided by his role, where it is for the API.
 */
@NullMarked
package dev.millrace.console.account;

import org.jspecify.annotations.NullMarked;
