/**
 * Money's rules: quote, hold, settle or release, refund. Invariant: nobody is charged more than was held, held more than
 * was quoted, or at another price than when the request was accepted; what is charged and its usage row are written
 * together. The only caller of the wallet's posting methods. May import levels 0 to 3.
 */
@NullMarked
package dev.millrace.billing;

import org.jspecify.annotations.NullMarked;
