package dev.millrace.api.apiframe;

import dev.millrace.money.Money;
import java.time.Duration;

/**
 * Settings of the Apiframe dialect.
 *
 * @param creditPrice what one credit costs; prices are shown in whole credits
 * @param secretForm in which form the SHA-256 of the key signs its webhooks
 * @param retention how long the files of a job are kept that came in through this dialect
 * @param uploadLife how long an upload is kept
 * @param trainings how many LoRAs of one organization may be in training
 */
public record ApiframeSettings(
        Money creditPrice, SecretForm secretForm, Duration retention, Duration uploadLife, int trainings) {
    public static final ApiframeSettings DEFAULTS =
            new ApiframeSettings(Money.usd("0.01"), SecretForm.RAW, Duration.ofDays(90), Duration.ofHours(2), 3);

    /** What keys the signature of a webhook: the SHA-256 of the API key, as bytes or as text. */
    public enum SecretForm {
        /** The 32 bytes, as the official SDK has it. */
        RAW,
        /** The 64 letters of their lower-case hexadecimal. */
        HEX
    }

    public ApiframeSettings {
        if (retention.compareTo(Duration.ofHours(1)) < 0 || uploadLife.compareTo(Duration.ofMinutes(1)) < 0) {
            throw new IllegalArgumentException("retention must be at least 1h, and upload_life at least 1m");
        }
        if (trainings < 1) {
            throw new IllegalArgumentException("trainings must be at least 1");
        }
    }
}
