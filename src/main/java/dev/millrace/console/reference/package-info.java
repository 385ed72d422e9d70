/**
 * The API reference: pages that show OpenAPI documents as the server itself answers them. What the document has
 * not, the page has not.
 */
@NullMarked
package dev.millrace.console.reference;

import org.jspecify.annotations.NullMarked;
