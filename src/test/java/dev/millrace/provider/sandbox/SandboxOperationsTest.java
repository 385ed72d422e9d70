package dev.millrace.provider.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.assets.ContentTypes;
import dev.millrace.id.JobId;
import dev.millrace.json.Json;
import dev.millrace.meter.Modality;
import dev.millrace.meter.Unit;
import dev.millrace.meter.Units;
import dev.millrace.provider.MediaCall;
import dev.millrace.provider.MediaInput;
import dev.millrace.provider.MediaPlan;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is done with given files is really done with them. */
class SandboxOperationsTest {
    private static final int WIDTH = 160;
    private static final int HEIGHT = 120;
    private static final MediaPlan ONE = new MediaPlan(1, Units.NONE);

    @TempDir
    private static Path folder;

    private static MediaInput picture;
    private static MediaInput track;

    @BeforeAll
    static void files() throws IOException {
        picture = input("image", "bottle.png", bottle());
        Path wav = folder.resolve("track.wav");
        Files.write(wav, make(call("suno", Modality.MUSIC, "{'prompt':'a waltz','duration':4}", ONE), 0));
        track = new MediaInput("audio", "audio", wav, "audio/wav", Files.size(wav), 0, 0, 4_000);
    }

    @Test
    void a_picture_is_really_enlarged() {
        BufferedImage large =
                image(make(call("topaz-image-upscale", Modality.IMAGE, "{'upscale_factor':4}", ONE, picture), 0));
        assertThat(large.getWidth()).isEqualTo(4 * WIDTH);
        assertThat(large.getHeight()).isEqualTo(4 * HEIGHT);
        assertThat(near(large.getRGB(2 * WIDTH, 2 * HEIGHT), bottle().getRGB(WIDTH / 2, HEIGHT / 2)))
                .isTrue();
        var facts = Work.of(
                        call("clarity-upscale", Modality.IMAGE, "{'scale_factor':8}", ONE, picture),
                        new InputPicture(InputImages.NONE))
                .announced(1)
                .getFirst()
                .facts();
        assertThat(facts.path("width").asInt()).isEqualTo(8 * WIDTH);
    }

    @Test
    void a_background_becomes_clear_and_what_stands_before_it_does_not() {
        BufferedImage cut = image(make(call("bria-bg-remove", Modality.IMAGE, "{}", ONE, picture), 0));
        assertThat(cut.getColorModel().hasAlpha()).isTrue();
        assertThat(cut.getRGB(3, 3) >>> 24).isZero();
        assertThat(cut.getRGB(WIDTH - 3, HEIGHT / 2) >>> 24).isZero();
        assertThat(cut.getRGB(WIDTH / 2, HEIGHT / 2)).isEqualTo(bottle().getRGB(WIDTH / 2, HEIGHT / 2));
        BufferedImage green = image(make(
                call("851-bg-remove", Modality.IMAGE, "{'background_type':'green','format':'jpg'}", ONE, picture), 0));
        assertThat(near(green.getRGB(3, 3), 0xFF00B140)).isTrue();
        BufferedImage reversed =
                image(make(call("851-bg-remove", Modality.IMAGE, "{'reverse':true}", ONE, picture), 0));
        assertThat(reversed.getRGB(WIDTH / 2, HEIGHT / 2) >>> 24).isZero();
    }

    @Test
    void an_edit_changes_the_given_picture_and_keeps_its_size() {
        BufferedImage given = bottle();
        BufferedImage night = image(make(call("gpt-image", Modality.IMAGE, "{'prompt':'at night'}", ONE, picture), 0));
        assertThat(night.getWidth()).isEqualTo(WIDTH);
        assertThat(light(night)).isLessThan(light(given) * 0.8);
        BufferedImage sketch =
                image(make(call("gpt-image", Modality.IMAGE, "{'prompt':'a pencil sketch'}", ONE, picture), 0));
        int pixel = sketch.getRGB(WIDTH / 2, HEIGHT / 2);
        assertThat(pixel >> 16 & 255).as("grey").isEqualTo(pixel & 255);
        assertThat(make(call("gpt-image", Modality.IMAGE, "{'prompt':'at night'}", ONE, picture), 0))
                .as("the same again")
                .isEqualTo(make(call("gpt-image", Modality.IMAGE, "{'prompt':'at night'}", ONE, picture), 0));
    }

    @Test
    void what_a_mask_does_not_open_stays_as_it_is_to_the_pixel() throws IOException {
        BufferedImage white = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
        fill(white, Color.WHITE, 40, 30, 80, 60);
        BufferedImage clear = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_ARGB);
        fill(clear, Color.BLACK, 0, 0, WIDTH, HEIGHT);
        for (int y = 30; y < 90; y++) {
            for (int x = 40; x < 120; x++) {
                clear.setRGB(x, y, 0);
            }
        }
        BufferedImage given = bottle();
        for (BufferedImage mask : List.of(white, clear)) {
            MediaInput file = input("mask", "mask-" + mask.getType() + ".png", mask);
            BufferedImage out = image(make(
                    call("gpt-image", Modality.IMAGE, "{'prompt':'a red forest at night'}", ONE, picture, file), 0));
            int changed = 0;
            for (int y = 0; y < HEIGHT; y++) {
                for (int x = 0; x < WIDTH; x++) {
                    boolean open = x >= 40 && x < 120 && y >= 30 && y < 90;
                    boolean same = out.getRGB(x, y) == given.getRGB(x, y);
                    assertThat(same || open).as("%d,%d", x, y).isTrue();
                    changed += same ? 0 : 1;
                }
            }
            assertThat(changed).isGreaterThan(3000);
        }
    }

    @Test
    void a_picture_is_widened_around_or_to_one_side() {
        BufferedImage panned =
                image(make(call("midjourney/pan", Modality.IMAGE, "{'direction':'right'}", ONE, picture), 0));
        assertThat(panned.getWidth()).isEqualTo(WIDTH * 3 / 2);
        assertThat(panned.getRGB(WIDTH / 2, HEIGHT / 2)).isEqualTo(bottle().getRGB(WIDTH / 2, HEIGHT / 2));
        BufferedImage zoomed =
                image(make(call("midjourney/outpaint", Modality.IMAGE, "{'zoomRatio':2}", ONE, picture), 0));
        assertThat(zoomed.getWidth()).isEqualTo(WIDTH);
        assertThat(near(zoomed.getRGB(WIDTH / 2, HEIGHT / 2), bottle().getRGB(WIDTH / 2, HEIGHT / 2)))
                .isTrue();
    }

    @Test
    void midjourney_gives_four_pictures_and_the_grid_of_them() {
        Work work = Work.of(
                call("midjourney", Modality.IMAGE, "{'prompt':'a fox','size':'96x64'}", new MediaPlan(5, Units.NONE)),
                new InputPicture(InputImages.NONE));
        var outputs = work.announced(5);
        assertThat(outputs).hasSize(5);
        assertThat(outputs.getLast().facts().path("grid").asBoolean(false)).isTrue();
        assertThat(outputs.getFirst().facts().has("grid")).isFalse();
        assertThat(work.used(5).get(Unit.IMAGE)).as("the grid is not counted").isEqualTo(4);
        BufferedImage grid = image(work.make(4));
        BufferedImage third = image(work.make(2));
        assertThat(grid.getWidth()).isEqualTo(192);
        assertThat(grid.getRGB(10, 64 + 10)).isEqualTo(third.getRGB(10, 10));
        Set<Integer> different = new HashSet<>();
        for (int i = 0; i < 4; i++) {
            different.add(Arrays.hashCode(work.make(i)));
        }
        assertThat(different).hasSize(4);
    }

    @Test
    void pictures_come_in_the_format_that_was_asked_for() {
        for (String[] row : new String[][] {
            {"png", "image/png"}, {"jpg", "image/jpeg"}, {"jpeg", "image/jpeg"}, {"webp", "image/webp"}
        }) {
            Work work = Work.of(
                    call("x", Modality.IMAGE, "{'prompt':'sea','size':'96x64','output_format':'" + row[0] + "'}", ONE),
                    new InputPicture(InputImages.NONE));
            assertThat(work.announced(1).getFirst().contentType()).isEqualTo(row[1]);
            byte[] file = work.make(0);
            assertThat(ContentTypes.of(file)).isEqualTo(row[1]);
            assertThat(image(file).getWidth()).isEqualTo(96);
        }
        BufferedImage png = image(make(call("x", Modality.IMAGE, "{'prompt':'sea','size':'96x64'}", ONE), 0));
        BufferedImage webp =
                image(make(call("x", Modality.IMAGE, "{'prompt':'sea','size':'96x64','format':'webp'}", ONE), 0));
        for (int i = 0; i < 96 * 64; i++) {
            assertThat(webp.getRGB(i % 96, i / 96)).isEqualTo(png.getRGB(i % 96, i / 96));
        }
    }

    @Test
    void who_a_reference_shows_is_in_the_picture() throws IOException {
        MediaInput reference = input("reference_images", "reference.png", bottle());
        String wish = "{'prompt':'a beach','size':'160x120','seed':4}";
        BufferedImage without = image(make(call("soul", Modality.IMAGE, wish, ONE), 0));
        BufferedImage with = image(make(call("soul", Modality.IMAGE, wish, ONE, reference), 0));
        assertThat(with.getRGB(2, 2)).isEqualTo(without.getRGB(2, 2));
        assertThat(red(with)).isGreaterThan(red(without));
        var persona = new InputPicture(
                url -> url.equals("persona:7") ? Optional.of(read(reference.path())) : Optional.empty());
        BufferedImage drawn = image(Work.of(
                        call("soul", Modality.IMAGE, wish.replace("'seed'", "'custom_reference_id':'7','seed'"), ONE),
                        persona)
                .make(0));
        assertThat(red(drawn)).isGreaterThan(red(without));
    }

    @Test
    void a_film_begins_with_the_first_picture_and_ends_with_the_last() throws IOException {
        BufferedImage blue = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
        fill(blue, new Color(20, 40, 200), 0, 0, WIDTH, HEIGHT);
        byte[] film = make(
                call(
                        "dop",
                        Modality.VIDEO,
                        "{'prompt':'slowly','duration':2,'sandbox':{'draft':true}}",
                        ONE,
                        picture,
                        input("end_image", "end.png", blue)),
                0);
        BufferedImage first = Frames.at(film, 0);
        BufferedImage last = Frames.at(film, 23);
        assertThat(first.getWidth() * HEIGHT).as("the shape of the picture").isEqualTo(first.getHeight() * WIDTH);
        assertThat(red(first)).isGreaterThan(red(last) + 30);
        assertThat(near(last.getRGB(last.getWidth() / 2, last.getHeight() / 2), 0xFF1428C8))
                .isTrue();
    }

    @Test
    void films_are_enlarged_changed_and_continued() throws IOException {
        byte[] source = make(
                call(
                        "sandbox/video",
                        Modality.VIDEO,
                        "{'prompt':'a boat at noon','duration':1,'sandbox':{'draft':true}}",
                        ONE),
                0);
        Path file = folder.resolve("film.mp4");
        Files.write(file, source);
        BufferedImage before = Frames.at(source, 0);
        var film = new MediaInput(
                "video", "video", file, "video/mp4", source.length, before.getWidth(), before.getHeight(), 1_000);
        byte[] large = make(call("topaz-video-upscale", Modality.VIDEO, "{'target_resolution':'480p'}", ONE, film), 0);
        assertThat(Frames.at(large, 0).getWidth()).isGreaterThan(5 * before.getWidth());
        byte[] night = make(
                call("wan-2.7-videoedit", Modality.VIDEO, "{'prompt':'at night','sandbox':{'draft':true}}", ONE, film),
                0);
        assertThat(light(Frames.at(night, 5))).isLessThan(light(before) * 0.8);
        Work longer = Work.of(
                call(
                        "seedance/video-extend",
                        Modality.VIDEO,
                        "{'prompt':'on','duration':1,'sandbox':{'draft':true}}",
                        ONE,
                        film),
                new InputPicture(InputImages.NONE));
        assertThat(longer.announced(1).getFirst().facts().path("duration_ms").asInt())
                .isEqualTo(2_000);
        assertThat(longer.used(1).get(Unit.VIDEO_SECOND)).as("what was added").isEqualTo(1_000);
        assertThat(Frames.count(longer.make(0))).isEqualTo(24);
        Work edit = Work.of(
                call("topaz-video-upscale", Modality.VIDEO, "{'target_resolution':'720p'}", ONE, film),
                new InputPicture(InputImages.NONE));
        assertThat(edit.used(1).get(Unit.VIDEO_SECOND))
                .as("as long as what came in")
                .isEqualTo(1_000);
    }

    @Test
    void tracks_are_continued_covered_sung_to_and_taken_apart() {
        MediaPlan two = new MediaPlan(2, Units.NONE);
        Work extended = Work.of(
                call("suno/extend", Modality.MUSIC, "{'prompt':'a march','continueAt':2}", two, track),
                new InputPicture(InputImages.NONE));
        assertThat(extended.announced(2).getFirst().facts().path("duration_ms").asInt())
                .isEqualTo(32_000);
        byte[] longer = extended.make(0);
        assertThat(longer).hasSize(44 + 32 * 44_100 * 4);
        byte[] given = read(track.path());
        assertThat(Arrays.copyOfRange(longer, 1_000, 40_000)).isEqualTo(Arrays.copyOfRange(given, 1_000, 40_000));
        Set<Integer> different = new HashSet<>(Set.of(Arrays.hashCode(given)));
        for (String model : List.of("suno/cover", "suno/add-vocals", "suno/stems")) {
            Work work = Work.of(
                    call(model, Modality.MUSIC, "{'prompt':'rock'}", two, track), new InputPicture(InputImages.NONE));
            for (int i = 0; i < 2; i++) {
                byte[] made = work.make(i);
                assertThat(made).as(model).hasSize(given.length);
                different.add(Arrays.hashCode(made));
            }
        }
        assertThat(different)
                .as("all differ from each other and from what was given")
                .hasSize(7);
        assertThat(Work.of(call("suno/stems", Modality.MUSIC, "{}", two, track), new InputPicture(InputImages.NONE))
                        .announced(2))
                .extracting(output -> output.facts().path("title").asString(""))
                .containsExactly("Vocals", "Instrumental");
    }

    @Test
    void files_that_can_not_be_read_do_not_stop_the_work() throws IOException {
        Path broken = folder.resolve("broken");
        Files.writeString(broken, "neither a picture nor a film nor a sound");
        for (Object[] row : new Object[][] {
            {"gpt-image", Modality.IMAGE, "image"},
            {"bria-bg-remove", Modality.IMAGE, "image"},
            {"wan-2.7-videoedit", Modality.VIDEO, "video"},
            {"suno/extend", Modality.MUSIC, "audio"}
        }) {
            String role = (String) row[2];
            var file = new MediaInput(role, role, broken, "x", 10, 0, 0, 0);
            MediaCall call = call(
                    (String) row[0],
                    (Modality) row[1],
                    "{'prompt':'sea','size':'64x64','duration':1,'sandbox':{'draft':true}}",
                    ONE,
                    file);
            assertThat(make(call, 0)).hasSizeGreaterThan(1_000);
        }
    }

    private static MediaCall call(String model, Modality modality, String json, MediaPlan plan, MediaInput... inputs) {
        return new MediaCall(
                new JobId(new UUID(1, 2)),
                1,
                model,
                modality,
                Json.readOwnObject(json.replace('\'', '"')),
                List.of(inputs),
                plan);
    }

    private static byte[] make(MediaCall call, int number) {
        return Work.of(call, new InputPicture(InputImages.NONE)).make(number);
    }

    private static MediaInput input(String role, String name, BufferedImage image) throws IOException {
        Path file = folder.resolve(name);
        ImageIO.write(image, "png", file.toFile());
        return new MediaInput(role, role, file, "image/png", Files.size(file), image.getWidth(), image.getHeight(), 0);
    }

    /** A red bottle before a light wall. */
    private static BufferedImage bottle() {
        BufferedImage image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
        fill(image, new Color(225, 222, 216), 0, 0, WIDTH, HEIGHT);
        fill(image, new Color(180, 30, 40), 60, 30, 40, 80);
        return image;
    }

    private static void fill(BufferedImage image, Color colour, int x, int y, int width, int height) {
        Graphics2D pen = image.createGraphics();
        pen.setColor(colour);
        pen.fillRect(x, y, width, height);
        pen.dispose();
    }

    private static BufferedImage image(byte[] file) {
        try {
            return ImageIO.read(new ByteArrayInputStream(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] read(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean near(int a, int b) {
        return Math.abs((a >> 16 & 255) - (b >> 16 & 255)) < 24
                && Math.abs((a >> 8 & 255) - (b >> 8 & 255)) < 24
                && Math.abs((a & 255) - (b & 255)) < 24;
    }

    private static double light(BufferedImage image) {
        return mean(image, 8);
    }

    private static double red(BufferedImage image) {
        return mean(image, 16) - mean(image, 0);
    }

    private static double mean(BufferedImage image, int shift) {
        double sum = 0;
        for (int i = 0; i < image.getWidth() * image.getHeight(); i++) {
            sum += image.getRGB(i % image.getWidth(), i / image.getWidth()) >> shift & 255;
        }
        return sum / image.getWidth() / image.getHeight();
    }
}
