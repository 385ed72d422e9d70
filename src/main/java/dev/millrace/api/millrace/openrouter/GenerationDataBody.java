package dev.millrace.api.millrace.openrouter;

import dev.millrace.jobs.Job;
import dev.millrace.jobs.JobState;
import dev.millrace.meter.Modality;
import dev.millrace.meter.Unit;
import dev.millrace.meter.Units;
import dev.millrace.money.Money;
import dev.millrace.usage.UsageRow;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is known about one generation (contract B5); what is not kept, content above all, is null. */
record GenerationDataBody(
        String id,
        String model,
        String created_at,
        String origin,
        BigDecimal total_cost,
        BigDecimal usage,
        boolean is_byok,
        @Nullable String upstream_id,
        @Nullable BigDecimal upstream_inference_cost,
        @Nullable BigDecimal cache_discount,
        @Nullable String provider_name,
        @Nullable List<String> provider_responses,
        @Nullable String api_type,
        @Nullable Long app_id,
        @Nullable Boolean streamed,
        @Nullable Boolean cancelled,
        @Nullable String finish_reason,
        @Nullable String native_finish_reason,
        @Nullable Long latency,
        @Nullable Long moderation_latency,
        @Nullable Long generation_time,
        @Nullable Long tokens_prompt,
        @Nullable Long tokens_completion,
        @Nullable Long native_tokens_prompt,
        @Nullable Long native_tokens_completion,
        @Nullable Long native_tokens_completion_images,
        @Nullable Long native_tokens_reasoning,
        @Nullable Long native_tokens_cached,
        @Nullable Long num_media_prompt,
        @Nullable Long num_media_completion,
        @Nullable Long num_input_audio_prompt,
        @Nullable Long num_search_results,
        @Nullable Long num_fetches,
        @Nullable String external_user,
        @Nullable String user_agent,
        @Nullable String http_referer,
        @Nullable String router,
        @Nullable String service_tier,
        @Nullable String session_id,
        @Nullable String request_id,
        @Nullable String preset_id,
        String data_region,
        @Nullable String workspace_id,
        @Nullable String web_search_engine) {
    /** What of it differs between a language request and a job. */
    private record Facts(
            String id,
            String model,
            Instant createdAt,
            Modality modality,
            Money charge,
            @Nullable String provider,
            @Nullable Boolean cancelled,
            @Nullable Long firstByteMs,
            @Nullable Long tookMs,
            @Nullable Units tokens,
            @Nullable Long made) {}

    /** A settled request. */
    static GenerationDataBody of(String id, UsageRow row) {
        boolean language = row.modality() == Modality.LANGUAGE;
        long made = row.units().get(Unit.IMAGE) + row.units().get(Unit.TRACK);
        return of(new Facts(
                id,
                row.model(),
                row.createdAt(),
                row.modality(),
                row.charge(),
                row.provider(),
                language ? null : Boolean.FALSE,
                row.firstByteMs(),
                row.latencyMs(),
                language ? row.units() : null,
                language ? null : Math.max(1, made)));
    }

    /** A job that was not charged: it has not ended, or it ended without a result. */
    static GenerationDataBody of(String id, Job job) {
        Instant finished = job.finishedAt();
        return of(new Facts(
                id,
                job.model(),
                job.createdAt(),
                job.modality(),
                Money.ZERO,
                null,
                job.state() == JobState.CANCELED,
                null,
                finished == null
                        ? null
                        : Duration.between(job.createdAt(), finished).toMillis(),
                null,
                0L));
    }

    private static GenerationDataBody of(Facts facts) {
        Units tokens = facts.tokens();
        Long cached = tokens == null ? null : tokens.get(Unit.CACHED_INPUT_TOKEN);
        Long reasoning = tokens == null ? null : tokens.get(Unit.REASONING_TOKEN);
        Long in = tokens == null || cached == null ? null : tokens.get(Unit.INPUT_TOKEN) + cached;
        Long out = tokens == null || reasoning == null ? null : tokens.get(Unit.OUTPUT_TOKEN) + reasoning;
        return new GenerationDataBody(
                facts.id(),
                facts.model(),
                facts.createdAt().toString(),
                "",
                facts.charge().toDecimal(),
                facts.charge().toDecimal(),
                false,
                null,
                null,
                null,
                facts.provider(),
                null,
                apiType(facts.modality()),
                null,
                null,
                facts.cancelled(),
                null,
                null,
                facts.firstByteMs(),
                null,
                facts.tookMs(),
                in,
                out,
                in,
                out,
                null,
                reasoning,
                cached,
                null,
                facts.made(),
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                "global",
                null,
                null);
    }

    private static @Nullable String apiType(Modality modality) {
        return switch (modality) {
            case LANGUAGE -> "completions";
            case IMAGE -> "image";
            case VIDEO -> "video";
            case MUSIC -> null;
            case SPEECH -> "tts";
            case TRANSCRIPTION -> "stt";
        };
    }
}
