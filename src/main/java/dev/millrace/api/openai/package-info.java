/**
 * OpenAI's media API: images, videos, speech and transcription, with the list of models. Invariant: every request that makes
 * something is a durable job, whether its client waits for the answer or hangs up. May import levels 0 to 6.
 */
@NullMarked
package dev.millrace.api.openai;

import org.jspecify.annotations.NullMarked;
