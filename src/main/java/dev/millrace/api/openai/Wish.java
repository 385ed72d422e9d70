package dev.millrace.api.openai;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * One thing that a client asks for, under OpenAI's name of it.
 *
 * @param role what it means to models that have another name for it; null where only a model that has this very name takes it
 */
record Wish(String field, @Nullable String role, JsonNode value) {}
