/**
 * LoRAs: small weights trained from pictures by a job, and used by id afterwards. The weights are kept until the LoRA is
 * archived, whatever retention outputs have. Invariant: a LoRA belongs to one organization, has the id of its job, is
 * training until that ends, and then ready or failed for good; archiving only hides it. May import levels 0 to 3.
 */
@NullMarked
package dev.millrace.loras;

import org.jspecify.annotations.NullMarked;
