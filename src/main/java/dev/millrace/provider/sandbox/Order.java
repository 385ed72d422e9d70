package dev.millrace.provider.sandbox;

import dev.millrace.meter.Modality;
import dev.millrace.meter.Unit;
import dev.millrace.meter.Units;
import dev.millrace.provider.MediaCall;
import dev.millrace.provider.MediaPlan;

/**
 * What a media call asks for, in the sandbox's own terms, whichever names its model uses for its parameters.
 *
 * @param prompt the words that decide
 * @param seed the request's own, or one made from the job, so that equal prompts without a seed differ
 * @param count how many outputs
 * @param size of every picture or film
 * @param milliseconds how long every film or track lasts; 0 for pictures
 * @param format what kind of file pictures are wanted as
 */
record Order(
        Modality modality,
        String prompt,
        long seed,
        int count,
        PixelSize size,
        long milliseconds,
        PictureFormat format) {
    private static final int PICTURES_MAX = 16;
    private static final long FILM_SECONDS = 5;
    private static final long TRACK_SECONDS = 30;
    private static final long FILM_MAX = 60_000;
    private static final long TRACK_MAX = 600_000;
    private static final int DRAFT_PICTURE = 256;
    private static final int DRAFT_FILM = 160;

    static Order of(MediaCall call) {
        var fields = new Fields(call.parameters());
        MediaPlan plan = call.plan();
        boolean draft = Instructions.of(call.parameters()).draft();
        return switch (call.modality()) {
            case IMAGE ->
                new Order(
                        Modality.IMAGE,
                        prompt(fields),
                        seed(call, fields),
                        plan.outputs() > 0 ? plan.outputs() : count(fields, 1),
                        draft ? PixelSize.picture(fields).within(DRAFT_PICTURE) : PixelSize.picture(fields),
                        0,
                        PictureFormat.of(fields));
            case VIDEO ->
                new Order(
                        Modality.VIDEO,
                        prompt(fields),
                        seed(call, fields),
                        Math.max(1, plan.outputs()),
                        draft ? PixelSize.film(fields).within(DRAFT_FILM) : PixelSize.film(fields),
                        planned(plan, Unit.VIDEO_SECOND, length(fields, FILM_SECONDS, FILM_MAX)),
                        PictureFormat.PNG);
            case MUSIC ->
                new Order(
                        Modality.MUSIC,
                        prompt(fields),
                        seed(call, fields),
                        plan.outputs() > 0 ? plan.outputs() : count(fields, 1),
                        PixelSize.NONE,
                        planned(plan, Unit.AUDIO_SECOND, length(fields, TRACK_SECONDS, TRACK_MAX)),
                        PictureFormat.PNG);
            case LANGUAGE, SPEECH, TRANSCRIPTION ->
                throw new IllegalArgumentException("no order for " + call.modality());
        };
    }

    /** How long one output lasts, where the plan says how long all of them do. */
    private static long planned(MediaPlan plan, Unit unit, long otherwise) {
        long all = plan.units().get(unit);
        return all > 0 ? all / Math.max(1, plan.outputs()) : otherwise;
    }

    /** The same with another length. */
    Order lasting(long millis) {
        return new Order(modality, prompt, seed, count, size, millis, format);
    }

    /** The same in another shape. */
    Order sized(PixelSize other) {
        return new Order(modality, prompt, seed, count, other, milliseconds, format);
    }

    /** What is metered when {@code made} outputs were made. */
    Units used(int made) {
        Units once = made == 0 ? Units.NONE : Units.of(Unit.REQUEST, 1);
        return switch (modality) {
            case IMAGE -> once.with(Unit.IMAGE, made);
            case VIDEO -> once.with(Unit.VIDEO_SECOND, milliseconds * made);
            case MUSIC -> once.with(Unit.TRACK, made).with(Unit.AUDIO_SECOND, milliseconds * made);
            case LANGUAGE, SPEECH, TRANSCRIPTION -> once;
        };
    }

    private static String prompt(Fields fields) {
        String prompt = fields.text("prompt", "input", "gpt_description_prompt");
        return (prompt + " " + fields.text("style", "tags") + " " + fields.text("title") + " " + Styles.words(fields))
                .strip();
    }

    private static long seed(MediaCall call, Fields fields) {
        // What a LoRA was trained on shows: the same words and seed give another picture with each.
        long trained = fields.text("loraId").hashCode();
        long own = call.job().value().getLeastSignificantBits();
        long given = fields.number(Long.MIN_VALUE, "seed");
        return (given == Long.MIN_VALUE || given < 0 ? own : given) + trained;
    }

    private static int count(Fields fields, int usual) {
        long asked = fields.number(
                usual,
                "num_images",
                "n",
                "batch_size",
                "count",
                "number_of_images",
                "num_outputs",
                "num_tracks",
                "tracks");
        return Math.clamp(asked, 1, PICTURES_MAX);
    }

    private static long length(Fields fields, long usual, long most) {
        long exact = fields.number(-1, "duration_ms");
        double seconds = fields.decimal((double) usual, "duration", "seconds", "duration_seconds", "length");
        return Math.clamp(exact > 0 ? exact : Math.round(seconds * 1000), 500, most);
    }
}
