package dev.millrace.console.models;

import dev.millrace.meter.Modality;
import dev.millrace.meter.Unit;
import java.time.Duration;

/** Durations, kinds and units as people read them. */
final class Words {
    private static final int MINUTE = 60;
    private static final int HOUR = 3600;
    private static final int DAY = 86_400;

    private Words() {}

    /** As {@code 8 s}, {@code 3 min} or {@code 90 days}; less than a second is told as such. */
    static String time(Duration duration) {
        long seconds = duration.toSeconds();
        if (seconds < 1) {
            return "under 1 s";
        }
        if (seconds % DAY == 0) {
            return seconds == DAY ? "1 day" : seconds / DAY + " days";
        }
        if (seconds % HOUR == 0) {
            return seconds / HOUR + " h";
        }
        if (seconds < 2 * MINUTE && seconds != MINUTE) {
            return seconds + " s";
        }
        long rest = seconds % MINUTE;
        return rest == 0 || seconds > 10 * MINUTE
                ? Math.round(seconds / (double) MINUTE) + " min"
                : seconds / MINUTE + " min " + rest + " s";
    }

    static String kind(Modality modality) {
        return switch (modality) {
            case LANGUAGE -> "Language";
            case IMAGE -> "Image";
            case VIDEO -> "Video";
            case MUSIC -> "Music";
            case SPEECH -> "Speech";
            case TRANSCRIPTION -> "Transcription";
        };
    }

    /** What prices of this unit are stated for. */
    static String unit(Unit unit) {
        return switch (unit) {
            case VIDEO_SECOND -> "second of video";
            case AUDIO_SECOND -> "second of audio";
            case INPUT_TOKEN -> "input token";
            case CACHED_INPUT_TOKEN -> "cached input token";
            case OUTPUT_TOKEN -> "output token";
            case REASONING_TOKEN -> "reasoning token";
            case INPUT_CHARACTER -> "character";
            case REQUEST -> "request";
            case IMAGE -> "image";
            case TRACK -> "track";
        };
    }

    /** The same in a narrow place. */
    static String shortUnit(Unit unit) {
        return switch (unit) {
            case VIDEO_SECOND, AUDIO_SECOND -> "s";
            case INPUT_TOKEN -> "in";
            case OUTPUT_TOKEN -> "out";
            case CACHED_INPUT_TOKEN -> "cached";
            case REASONING_TOKEN -> "reasoning";
            case INPUT_CHARACTER -> "character";
            case REQUEST -> "request";
            case IMAGE -> "image";
            case TRACK -> "track";
        };
    }

    /** {@code text2image} is {@code text to image}. */
    static String operation(String name) {
        return name.replaceAll("(?<=[a-z])2(?=[a-z])", " to ").replace('-', ' ').replace('_', ' ');
    }
}
