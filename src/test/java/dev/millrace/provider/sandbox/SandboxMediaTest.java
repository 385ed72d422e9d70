package dev.millrace.provider.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.millrace.meter.Modality;
import dev.millrace.meter.Unit;
import dev.millrace.meter.Units;
import dev.millrace.problem.ProblemCode;
import dev.millrace.provider.MediaCall;
import dev.millrace.provider.MediaInput;
import dev.millrace.provider.MediaOutput;
import dev.millrace.provider.MediaProgress;
import dev.millrace.provider.MediaProgress.Finished;
import dev.millrace.provider.MediaProgress.Rejected;
import dev.millrace.provider.MediaProgress.Running;
import dev.millrace.provider.UpstreamException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SandboxMediaTest {
    @TempDir
    Path folder;

    private Instant now = Instant.parse("2027-01-01T00:00:00Z");
    private final Studio studio = new Studio(1);
    private final SandboxMedia media = new SandboxMedia(
            SandboxSettings.DEFAULTS, studio, () -> now, InputImages.NONE, SandboxCallbacks.none(() -> now));

    @AfterEach
    void close() {
        studio.close();
    }

    @Test
    void a_job_runs_for_its_latency_and_then_is_finished() {
        MediaCall call = Calls.media(Modality.IMAGE, "{'prompt':'sea','size':'160x90'}");
        String id = media.submit(call);
        assertThat(media.poll(call, id)).isEqualTo(new Running(0, Duration.ofMillis(400)));
        now = now.plusMillis(600);
        assertThat(media.poll(call, id)).isEqualTo(new Running(75, Duration.ofMillis(200)));
        now = now.plusMillis(200);
        assertThat(media.poll(call, id)).isInstanceOf(Finished.class);
        assertThat(media.poll(call, id)).isInstanceOf(Finished.class);
    }

    @Test
    void a_job_goes_on_in_another_process_that_has_its_id_alone() throws IOException {
        MediaCall call = Calls.media(Modality.IMAGE, "{'prompt':'sea','size':'160x90','sandbox':{'latency_ms':0}}");
        String id = media.submit(call);
        byte[] here = bytes(call, id, finished(call, id).outputs().getFirst());
        try (var elsewhere = new SandboxProvider(SandboxSettings.INSTANT, () -> now, d -> {}, InputImages.NONE)) {
            var other = elsewhere.media().orElseThrow();
            var progress = (Finished) other.poll(call, id);
            try (InputStream in = other.open(call, id, progress.outputs().getFirst())) {
                assertThat(in.readAllBytes()).isEqualTo(here);
            }
        }
    }

    @Test
    void pictures_have_the_asked_number_size_and_format_and_differ() throws IOException {
        MediaCall call = Calls.media(
                Modality.IMAGE,
                "{'prompt':'sea','num_images':2,'width_and_height':'200x120','output_format':'jpeg','sandbox':{'latency_ms':0}}");
        String id = media.submit(call);
        Finished finished = finished(call, id);
        assertThat(finished.outputs())
                .extracting(MediaOutput::contentType)
                .containsOnly("image/jpeg")
                .hasSize(2);
        assertThat(finished.used()).isEqualTo(Units.of(Unit.IMAGE, 2).with(Unit.REQUEST, 1));
        byte[] first = bytes(call, id, finished.outputs().get(0));
        byte[] second = bytes(call, id, finished.outputs().get(1));
        assertThat(first).isNotEqualTo(second);
        assertThat(ImageIO.read(new ByteArrayInputStream(second)).getWidth()).isEqualTo(200);
        assertThat(finished.outputs().get(0).facts().path("height").asInt()).isEqualTo(120);
    }

    @Test
    void films_and_tracks_last_as_asked() throws IOException {
        MediaCall film = Calls.media(Modality.VIDEO, "{'prompt':'sea','duration':1,'sandbox':{'latency_ms':0}}");
        Finished shot = finished(film, media.submit(film));
        assertThat(shot.used()).isEqualTo(Units.of(Unit.VIDEO_SECOND, 1000).with(Unit.REQUEST, 1));
        assertThat(new String(
                        bytes(film, media.submit(film), shot.outputs().getFirst()),
                        4,
                        4,
                        java.nio.charset.StandardCharsets.US_ASCII))
                .isEqualTo("ftyp");
        MediaCall track =
                Calls.media(Modality.MUSIC, "{'prompt':'calm','duration':'2','n':2,'sandbox':{'latency_ms':0}}");
        Finished played = finished(track, media.submit(track));
        assertThat(played.used())
                .isEqualTo(Units.of(Unit.TRACK, 2).with(Unit.AUDIO_SECOND, 4000).with(Unit.REQUEST, 1));
        assertThat(bytes(track, media.submit(track), played.outputs().getLast()))
                .hasSize(44 + 2 * 44_100 * 4);
    }

    @Test
    void a_film_starts_from_the_given_picture() throws IOException {
        byte[] png = bytes(
                Calls.media(Modality.IMAGE, "{'prompt':'gold','size':'64x64'}"),
                media.submit(Calls.media(Modality.IMAGE, "{}")),
                new MediaOutput(0, "sandbox:0", "image/png", dev.millrace.json.Json.object()));
        Path file = Files.write(folder.resolve("first.png"), png);
        MediaCall without = Calls.media(Modality.VIDEO, "{'prompt':'sea','duration':0.5}");
        MediaCall with = new MediaCall(
                without.job(),
                without.attempt(),
                without.upstreamModel(),
                without.modality(),
                without.parameters(),
                List.of(new MediaInput("image", "input_images.0", file, "image/png", png.length, 64, 64, 0)));
        var output = new MediaOutput(0, "sandbox:0", "video/mp4", dev.millrace.json.Json.object());
        byte[] from = media.open(with, media.submit(with), output).readAllBytes();
        byte[] painted = media.open(without, media.submit(without), output).readAllBytes();
        assertThat(java.util.Arrays.equals(from, painted)).isFalse();
    }

    @Test
    void a_told_failure_shows_where_it_was_told_to_and_as_often() throws IOException {
        MediaCall atPoll = Calls.media(Modality.IMAGE, "{'sandbox':{'latency_ms':0,'fail':'timeout'}}");
        assertThat(media.poll(atPoll, media.submit(atPoll)))
                .isInstanceOfSatisfying(
                        MediaProgress.Failed.class,
                        failed -> assertThat(failed.code()).isEqualTo(ProblemCode.UPSTREAM_TIMEOUT));
        String submit = "{'sandbox':{'latency_ms':0,'fail':'no_capacity','fail_at':'submit','fail_times':1}}";
        UpstreamException refused = catchThrowableOfType(
                UpstreamException.class, () -> media.submit(Calls.media(Modality.IMAGE, submit, 1)));
        assertThat(refused.code()).isEqualTo(ProblemCode.NO_CAPACITY);
        MediaCall second = Calls.media(Modality.IMAGE, submit, 2);
        assertThat(media.poll(second, media.submit(second))).isInstanceOf(Finished.class);
        MediaCall atOpen =
                Calls.media(Modality.IMAGE, "{'sandbox':{'latency_ms':0,'fail':'upstream_error','fail_at':'open'}}");
        String id = media.submit(atOpen);
        MediaOutput output = finished(atOpen, id).outputs().getFirst();
        assertThatThrownBy(() -> media.open(atOpen, id, output)).isInstanceOf(UpstreamException.class);
    }

    @Test
    void moderation_rejects_the_input_at_once_and_the_output_at_the_end() {
        MediaCall input = Calls.media(Modality.VIDEO, "{'sandbox':{'nsfw':'input'}}");
        assertThat(media.poll(input, media.submit(input))).isEqualTo(new Rejected("input_moderation"));
        MediaCall output = Calls.media(Modality.VIDEO, "{'sandbox':{'nsfw':true}}");
        String id = media.submit(output);
        assertThat(media.poll(output, id)).isInstanceOf(Running.class);
        now = now.plusSeconds(3);
        assertThat(media.poll(output, id)).isEqualTo(new Rejected("output_moderation"));
    }

    @Test
    void a_job_can_run_for_ever_and_refuse_to_stop() {
        MediaCall call = Calls.media(Modality.MUSIC, "{'sandbox':{'never_finish':true,'refuse_cancel':true}}");
        String id = media.submit(call);
        now = now.plusSeconds(1_000_000);
        assertThat(media.poll(call, id)).isEqualTo(new Running(99, Duration.ofMillis(400)));
        assertThat(media.cancel(call, id)).isFalse();
        MediaCall plain = Calls.media(Modality.MUSIC, "{}");
        assertThat(media.cancel(plain, media.submit(plain))).isTrue();
    }

    @Test
    void a_file_can_break_off() throws IOException {
        MediaCall call = Calls.media(Modality.IMAGE, "{'size':'64x64','sandbox':{'latency_ms':0,'cut_stream_at':100}}");
        String id = media.submit(call);
        try (InputStream in = media.open(call, id, finished(call, id).outputs().getFirst())) {
            assertThat(in.readNBytes(100)).hasSize(100);
            assertThatThrownBy(in::read).isInstanceOf(IOException.class);
        }
    }

    @Test
    void nothing_can_be_made_and_the_count_and_the_usage_can_lie() {
        MediaCall nothing = Calls.media(Modality.IMAGE, "{'sandbox':{'noop':true}}");
        Finished empty = finished(nothing, media.submit(nothing));
        assertThat(empty.outputs()).isEmpty();
        assertThat(empty.used()).isEqualTo(Units.of(Unit.IMAGE, 1).with(Unit.REQUEST, 1));
        MediaCall three = Calls.media(Modality.IMAGE, "{'sandbox':{'latency_ms':0,'outputs':3,'usage':{'image':100}}}");
        Finished many = finished(three, media.submit(three));
        assertThat(many.outputs()).hasSize(3);
        assertThat(many.used()).isEqualTo(Units.of(Unit.IMAGE, 100));
        MediaCall silent = Calls.media(Modality.IMAGE, "{'sandbox':{'latency_ms':0,'usage':'none'}}");
        assertThat(finished(silent, media.submit(silent)).used()).isNull();
    }

    @Test
    void an_id_of_another_job_is_unknown() {
        MediaCall call = Calls.media(Modality.IMAGE, "{}");
        for (String id : new String[] {"", "sbx-", "sbx-zz", "sbx-!!-" + Calls.JOB.text(), "other"}) {
            assertThatThrownBy(() -> media.poll(call, id)).isInstanceOf(UpstreamException.class);
        }
    }

    private Finished finished(MediaCall call, String id) {
        return (Finished) media.poll(call, id);
    }

    private byte[] bytes(MediaCall call, String id, MediaOutput output) throws IOException {
        try (InputStream in = media.open(call, id, output)) {
            return in.readAllBytes();
        }
    }
}
