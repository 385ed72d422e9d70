package dev.millrace.api.higgsfield;

import com.fasterxml.jackson.annotation.JsonUnwrapped;

/** What the webhook of v1 is sent: the job set as a poll shows it, and all that v2's webhook has. */
record JobSetWebhookBody(
        @JsonUnwrapped JobSetBody set, @JsonUnwrapped WebhookBody told) {}
