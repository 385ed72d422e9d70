package dev.millrace.provider.sandbox;

import dev.millrace.json.Json;
import dev.millrace.meter.Modality;
import dev.millrace.meter.Unit;
import dev.millrace.meter.Units;
import dev.millrace.problem.ProblemCode;
import dev.millrace.provider.MediaCall;
import dev.millrace.provider.MediaInput;
import dev.millrace.provider.MediaOutput;
import dev.millrace.provider.MediaProgress;
import dev.millrace.provider.Transcript;
import dev.millrace.provider.UpstreamException;
import dev.millrace.provider.sandbox.speech.Listener;
import dev.millrace.provider.sandbox.speech.Speaker;
import dev.millrace.provider.sandbox.speech.SpeechFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** Text that is read aloud, and recordings that are written down. */
final class SpokenWork {
    private static final String REFERENCE = "sandbox:0";
    private static final long ROUNDING = 1_000;

    private SpokenWork() {}

    static boolean is(Modality modality) {
        return switch (modality) {
            case SPEECH, TRANSCRIPTION -> true;
            case LANGUAGE, IMAGE, VIDEO, MUSIC -> false;
        };
    }

    /** What a call made, and what it used. */
    static MediaProgress finished(MediaCall call, Instructions told) {
        try {
            return call.modality() == Modality.SPEECH ? spoken(call, told) : written(call, told);
        } catch (UpstreamException wrong) {
            return new MediaProgress.Failed(wrong.code(), wrong.detail());
        }
    }

    /** The bytes of a call's one output. */
    static byte[] make(MediaCall call, Studio studio) {
        if (call.modality() == Modality.SPEECH) {
            return studio.render(() -> speaker(call).file(format(call)));
        }
        MediaInput recording = recording(call);
        return Listener.transcribe(bytes(recording), length(call, recording), language(call))
                .json();
    }

    private static MediaProgress spoken(MediaCall call, Instructions told) {
        String text = text(call);
        Units used = Units.of(Unit.REQUEST, 1).with(Unit.INPUT_CHARACTER, text.codePointCount(0, text.length()));
        ObjectNode facts = Json.object().put("duration_ms", speaker(call).milliseconds());
        return outcome(told, used, format(call).contentType(), facts);
    }

    private static MediaProgress written(MediaCall call, Instructions told) {
        long millis = length(call, recording(call));
        Units used = Units.of(Unit.REQUEST, 1).with(Unit.AUDIO_SECOND, millis);
        return outcome(told, used, Transcript.CONTENT_TYPE, Json.object().put("duration_ms", millis));
    }

    private static MediaProgress outcome(Instructions told, Units used, String contentType, ObjectNode facts) {
        boolean nothing = told.noop() || told.outputs().orElse(1) == 0;
        List<MediaOutput> outputs = nothing ? List.of() : List.of(new MediaOutput(0, REFERENCE, contentType, facts));
        Units stated = told.usage() != null ? told.usage() : used;
        return new MediaProgress.Finished(outputs, told.silentUsage() ? null : stated);
    }

    private static Speaker speaker(MediaCall call) {
        Fields fields = new Fields(call.parameters());
        return new Speaker(text(call), fields.text("voice"), fields.decimal(1, "speed"));
    }

    private static String text(MediaCall call) {
        return new Fields(call.parameters()).text("input", "text", "prompt");
    }

    private static SpeechFormat format(MediaCall call) {
        String name = new Fields(call.parameters()).text("response_format", "output_format", "format");
        return SpeechFormat.parse(name).orElse(SpeechFormat.MP3);
    }

    private static String language(MediaCall call) {
        String language = new Fields(call.parameters()).text("language");
        return language.isEmpty() ? "en" : language;
    }

    private static MediaInput recording(MediaCall call) {
        return call.input("audio")
                .orElseThrow(() -> refused("audio_url: the recording is not to be had any more; send it again."));
    }

    private static byte[] bytes(MediaInput recording) {
        try {
            return Files.readAllBytes(recording.path());
        } catch (IOException gone) {
            throw new UpstreamException(ProblemCode.UNAVAILABLE, "The recording could not be read.", true, null);
        }
    }

    /** How long the recording is; what is longer than was stated, and so was held for, is refused. */
    private static long length(MediaCall call, MediaInput recording) {
        long millis = recording.durationMs();
        if (millis <= 0) {
            throw refused(
                    "audio_url: the recording states no length; send WAV, FLAC, MP3, Ogg, M4A, MP4 or WebM, whole.");
        }
        long stated = new Fields(call.parameters()).number(Long.MAX_VALUE / ROUNDING, "duration") * ROUNDING;
        if (millis > stated) {
            throw refused("duration: the recording lasts longer than the stated " + stated / ROUNDING + " seconds.");
        }
        return millis;
    }

    private static UpstreamException refused(String detail) {
        return new UpstreamException(ProblemCode.INVALID_PARAMETER, detail, false, null);
    }
}
