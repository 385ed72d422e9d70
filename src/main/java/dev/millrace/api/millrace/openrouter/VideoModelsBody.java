package dev.millrace.api.millrace.openrouter;

import java.util.List;

/** The models that make videos. */
record VideoModelsBody(List<VideoModelBody> data) {}
