package dev.millrace.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * What must be refused at every door: one corpus for all dialects. A case says what is sent and which field the refusal must
 * name; how the refusal looks is the dialect's.
 */
public final class BadInputs {
    private static final int DEEP = 10_000;
    private static final int MANY = 1_000_000;

    private BadInputs() {}

    /** A body that is not the JSON that it should be, whatever the route. */
    public record Body(String name, byte[] bytes) {
        @Override
        public String toString() {
            return name;
        }
    }

    /**
     * Parameters that a model must refuse.
     *
     * @param json the parameters as JSON text, because no tree holds all of them
     * @param field the path that the refusal must name
     */
    public record Parameters(String name, String model, String json, String field) {
        @Override
        public String toString() {
            return model + " " + name;
        }
    }

    /**
     * A chat that must be refused.
     *
     * @param members the members of the request beside {@code model}, as JSON text
     */
    public record Chat(String name, String members, String field) {
        @Override
        public String toString() {
            return name;
        }
    }

    /** Bodies that no route takes; {@code member} is one well-formed member, so that nothing but the fault is wrong. */
    public static List<Body> bodies(String member) {
        String good = "{" + member + "}";
        List<Body> bodies = new ArrayList<>(List.of(
                text("empty", ""),
                text("blank", " \n\t "),
                text("an array", "[" + good + "]"),
                text("a text", "\"prompt\""),
                text("a number", "7"),
                text("null", "null"),
                text("true", "true"),
                text("truncated in a name", good.substring(0, 4)),
                text("truncated at the end", good.substring(0, good.length() - 1)),
                text("trailing brace", good + "}"),
                text("trailing word", good + " x"),
                text("two objects", good + good),
                text("trailing NUL", good + "\0"),
                text("a name twice", "{" + member + "," + member + "}"),
                text("a name twice, once escaped", "{" + member + ",\"a\":1,\"\\u0061\":2}"),
                text("a name twice further in", "{" + member + ",\"x\":{\"a\":1,\"a\":2}}"),
                text("NUL for a space", "{\0" + member + "}"),
                text("line comment", "{ // all\n" + member + "}"),
                text("block comment", "{ /* all */ " + member + "}"),
                text("hash comment", "# all\n" + good),
                text("single quotes", good.replace('"', '\'')),
                text("names without quotes", "{a:1," + member + "}"),
                text("comma at the end", "{" + member + ",}"),
                text("comma in front", "{," + member + "}"),
                text("line break in a text", "{" + member + ",\"x\":\"a\nb\"}"),
                text("tab in a text", "{" + member + ",\"x\":\"a\tb\"}"),
                text("bad escape", "{" + member + ",\"x\":\"\\x41\"}"),
                text("cut escape", "{" + member + ",\"x\":\"\\u00\"}"),
                text("a prefix against hijacking", ")]}',\n" + good),
                text("form encoding", "prompt=a+lighthouse&n=1"),
                text("XML", "<prompt>a lighthouse</prompt>")));
        bodies.addAll(numbers(member));
        bodies.addAll(encodings(good));
        bodies.addAll(masses(member));
        return bodies;
    }

    private static List<Body> numbers(String member) {
        return Stream.of(
                        "NaN",
                        "Infinity",
                        "-Infinity",
                        "0x10",
                        "+1",
                        ".5",
                        "5.",
                        "01",
                        "1e",
                        "1_000",
                        "--1",
                        "9".repeat(400))
                .map(number -> text(
                        "number " + (number.length() > 20 ? "of 400 digits" : number),
                        "{" + member + ",\"x\":" + number + "}"))
                .toList();
    }

    private static List<Body> encodings(String good) {
        return List.of(
                new Body(
                        "UTF-8 with a byte order mark",
                        bytes(new byte[] {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF}, good)),
                new Body("UTF-16 big-endian", good.getBytes(StandardCharsets.UTF_16BE)),
                new Body("UTF-16 little-endian", good.getBytes(StandardCharsets.UTF_16LE)),
                new Body("UTF-16 with a byte order mark", good.getBytes(StandardCharsets.UTF_16)),
                new Body("UTF-32", good.getBytes(Charset.forName("UTF-32BE"))),
                text("UTF-7", "+AHs-" + good.substring(1)),
                inText("byte 0xFF", good, 0xFF),
                inText("Latin-1", good, 0xE9),
                inText("overlong slash", good, 0xC0, 0xAF),
                inText("overlong NUL", good, 0xC0, 0x80),
                inText("raw surrogate", good, 0xED, 0xA0, 0x80),
                inText("beyond Unicode", good, 0xF4, 0x90, 0x80, 0x80),
                inText("cut sequence", good, 0xE2, 0x82));
    }

    private static List<Body> masses(String member) {
        StringBuilder names = new StringBuilder(12 * MANY).append('{').append(member);
        for (int i = 0; i < MANY; i++) {
            names.append(",\"").append(Integer.toString(i, 36)).append("\":0");
        }
        return List.of(
                text("arrays, 10,000 deep", "{" + member + ",\"x\":" + "[".repeat(DEEP) + "]".repeat(DEEP) + "}"),
                text(
                        "objects, 10,000 deep",
                        "{" + member + ",\"x\":" + "{\"a\":".repeat(DEEP) + "1" + "}".repeat(DEEP + 1)),
                text("brackets that never close", "[".repeat(DEEP)),
                text("a million names", names.append('}').toString()),
                text("a name of 100,000 letters", "{" + member + ",\"" + "n".repeat(100_000) + "\":1}"));
    }

    /** Parameters that their model's schema, or good sense, refuses. */
    public static List<Parameters> parameters() {
        List<Parameters> all = new ArrayList<>();
        all.addAll(prompts());
        all.addAll(image());
        all.addAll(video());
        all.addAll(seeds());
        return all;
    }

    private static List<Parameters> prompts() {
        List<Parameters> all = new ArrayList<>();
        all.add(new Parameters("no prompt", "sandbox/image", "{}", "prompt"));
        List<String> prompts = List.of(
                "null",
                "5",
                "true",
                "[]",
                "{}",
                "[\"a\"]",
                "\"\"",
                "\"a\\u0000b\"",
                "\"\\ud800\"",
                "\"\\udc00\"",
                "\"\\udc00\\ud800\"",
                "\"a\\ud83dz\"");
        prompts.forEach(value -> all.add(one("sandbox/image", "prompt", value)));
        all.add(new Parameters(
                "a prompt of 10 MB", "sandbox/image", "{\"prompt\":\"" + "a".repeat(10_000_000) + "\"}", "prompt"));
        return all;
    }

    private static List<Parameters> image() {
        List<Parameters> all = new ArrayList<>();
        for (String value : List.of(
                "0",
                "-1",
                "-0",
                "5",
                "1000000",
                "1.5",
                "1e400",
                "-1e400",
                "1e-400",
                "1e2",
                "9007199254740993",
                "9223372036854775807",
                "9223372036854775808",
                "\"2\"",
                "true",
                "null",
                "[1]",
                "{}",
                "9".repeat(59))) {
            all.add(one("sandbox/image", "n", value));
        }
        for (String value : List.of(
                "\"0x0\"",
                "\"1000000x1000000\"",
                "\"1024\"",
                "\"1024x\"",
                "\"-1x-1\"",
                "\"1024x1024x1024\"",
                "\"\"",
                "1024",
                "\"１０２４x1024\"",
                "\" 64x64\"",
                "\"64x64\\n\"")) {
            all.add(one("sandbox/image", "size", value));
        }
        all.add(new Parameters("width alone", "sandbox/image", "{\"prompt\":\"a\",\"width\":64}", "height"));
        all.add(new Parameters("width 0", "sandbox/image", "{\"prompt\":\"a\",\"width\":0,\"height\":64}", "width"));
        all.add(new Parameters(
                "width 10^6", "sandbox/image", "{\"prompt\":\"a\",\"width\":1000000,\"height\":64}", "width"));
        all.add(one("sandbox/image", "aspect_ratio", "\"0:0\""));
        all.add(one("sandbox/image", "aspect_ratio", "\"4:3 \""));
        all.add(one("sandbox/image", "aspect_ratio", "4"));
        all.add(one("sandbox/image", "format", "\"exe\""));
        all.add(one("higgsfield-ai/soul/standard", "num_images", "0"));
        all.add(one("higgsfield-ai/soul/standard", "num_images", "\"2\""));
        all.add(one("higgsfield-ai/soul/standard", "resolution", "\"8K\""));
        all.add(one("higgsfield-ai/soul/standard", "aspect_ratio", "\"4:3\\u0000\""));
        return all;
    }

    private static List<Parameters> video() {
        List<Parameters> all = new ArrayList<>();
        for (String value : List.of("0", "-1", "11", "1000000000", "\"5\"", "5.5", "null", "1e400")) {
            all.add(one("sandbox/video", "duration", value));
        }
        all.add(one("sandbox/video", "resolution", "\"4k\""));
        all.add(one("sandbox/music", "duration", "4"));
        all.add(one("sandbox/music", "tracks", "3"));
        all.add(one("kling-video/v2.5-turbo/pro/text-to-video", "duration", "7"));
        all.add(one("kling-video/v2.5-turbo/pro/text-to-video", "duration", "\"5\""));
        all.add(one("kling-video/v2.5-turbo/pro/text-to-video", "cfg_scale", "1.1"));
        all.add(one("kling-video/v2.5-turbo/pro/text-to-video", "negative_prompt", "5"));
        String dop = "higgsfield-ai/dop/standard";
        all.add(new Parameters("no image", dop, "{\"prompt\":\"a\"}", "image_url"));
        String picture = "{\"prompt\":\"a\",\"image_url\":\"https://images.example/a.png\",";
        all.add(new Parameters("motions a text", dop, picture + "\"motions\":\"x\"}", "motions"));
        all.add(new Parameters(
                "three motions",
                dop,
                picture + "\"motions\":[{\"id\":\"a\"},{\"id\":\"b\"},{\"id\":\"c\"}]}",
                "motions"));
        all.add(new Parameters("a motion without id", dop, picture + "\"motions\":[{}]}", "id"));
        all.add(new Parameters(
                "a motion too strong", dop, picture + "\"motions\":[{\"id\":\"a\",\"strength\":2}]}", "strength"));
        all.add(new Parameters("seed 0", dop, picture + "\"seed\":0}", "seed"));
        all.add(new Parameters("seed 1000001", dop, picture + "\"seed\":1000001}", "seed"));
        return all;
    }

    private static List<Parameters> seeds() {
        return Stream.of("-1", "1.5", "\"7\"", "9223372036854775808", "1e400", "true", "[7]")
                .map(value -> one("sandbox/image", "seed", value))
                .toList();
    }

    /** Parameters under names that no model knows; a dialect may ignore them, and must then ignore all of them. */
    public static List<Parameters> unknownNames() {
        return Stream.of("promt", "__proto__", "constructor", "toString", "$ref", "a.b", "", " ", "ｎ", "n\\n")
                .map(name -> new Parameters(
                        "the unknown name " + name,
                        "sandbox/image",
                        "{\"prompt\":\"a\",\"" + name + "\":1}",
                        name.replace("\\n", "\n")))
                .toList();
    }

    private static Parameters one(String model, String field, String value) {
        String prompt = field.equals("prompt") ? "" : "\"prompt\":\"a\",";
        String shown = value.length() > 40 ? value.length() + " letters" : value;
        return new Parameters(field + " " + shown, model, "{" + prompt + "\"" + field + "\":" + value + "}", field);
    }

    /** URLs that must be refused before anything is accepted, as a webhook and as an input. */
    public static List<String> urls() {
        return List.of(
                "http://example.com/a",
                "ftp://example.com/a",
                "file:///etc/passwd",
                "gopher://example.com/1",
                "data:text/html,hello",
                "data:image/svg+xml;base64,PHN2Zy8+",
                "jar:https://example.com/a.jar!/b",
                "javascript:alert(1)",
                "https://user:pass@example.com/",
                "https://user@example.com/",
                "http://good.example@bad.example/",
                "https://good.example\\@bad.example/",
                "https://good.example%5c@bad.example/",
                "https://example.com:22/",
                "https://example.com:6379/",
                "https://example.com:0/",
                "https://example.com:65536/",
                "https://example.com:x/",
                "https://127.0.0.1/",
                "https://127.1/",
                "https://0x7f.1/",
                "https://2130706433/",
                "https://0177.0.0.1/",
                "https://0/",
                "https://10.0.0.1/",
                "https://172.16.0.1/",
                "https://192.168.0.1/",
                "https://100.64.0.1/",
                "https://169.254.169.254/latest/meta-data/",
                "https://[::1]/",
                "https://[::]/",
                "https://[::ffff:127.0.0.1]/",
                "https://[::ffff:7f00:1]/",
                "https://[64:ff9b::7f00:1]/",
                "https://[fd00:ec2::254]/",
                "https://[fe80::1]/",
                "https://localhost/",
                "https://localhost./",
                "https://LOCALHOST/",
                "https://a.localhost/",
                "https://metadata.google.internal/",
                "https://127。0。0。1/",
                "https://ⓛocalhost/",
                "https://example.com/#fragment",
                "https://",
                "https:///a",
                "//example.com/a",
                "/a",
                "example.com/a",
                " https://example.com/",
                "https://exa mple.com/",
                "https://example.com/a\nb",
                "not a URL");
    }

    /** Ids of which there is no such thing, percent-encoded for a path. */
    public static List<String> ids() {
        return List.of(
                "00000000-0000-0000-0000-000000000000",
                "01890000-0000-7000-8000-000000000000",
                "ffffffff-ffff-ffff-ffff-ffffffffffff",
                "1",
                "-1",
                "null",
                "job_01890000-0000-7000-8000-000000000000",
                "%7B01890000-0000-7000-8000-000000000000%7D",
                "01890000000070008000000000000000",
                "0-0-0-0-0",
                "%25",
                "_",
                "%27%20or%201%3D1--",
                "%27%3Bdrop%20table%20jobs%3B--",
                "a%2Fb",
                "%252e%252e",
                "01890000-0000-7000-8000-000000000000;jsessionid=1",
                "01890000-0000-7000-8000-00000000000%C3%A9",
                "x".repeat(4000));
    }

    /** Values of {@code limit} that no list takes. */
    public static List<String> limits() {
        return List.of(
                "-1",
                "0",
                "1000000000",
                "99999999999999999999",
                "abc",
                "1.5",
                "1e1",
                "%D9%A3",
                "",
                "%20",
                "10%20",
                "0x10");
    }

    /** Cursors that no list gave. */
    public static List<String> cursors() {
        return List.of(
                "x",
                "0",
                "-1",
                "null",
                "AAAA",
                "%27%20or%201%3D1--",
                "%25",
                "eyJpZCI6MX0",
                "a".repeat(3000),
                "%C3%A9",
                "%F0%9F%98%80");
    }

    /** Chats that every route for language refuses. */
    public static List<Chat> chats() {
        List<Chat> all = new ArrayList<>();
        for (String messages : List.of("[]", "null", "\"hi\"", "{}", "5")) {
            all.add(new Chat("messages " + messages, "\"messages\":" + messages, "messages"));
        }
        for (String message : List.of("1", "null", "\"hi\"", "[]")) {
            all.add(new Chat("a message " + message, "\"messages\":[" + message + "]", "messages.0"));
        }
        for (String role : List.of("\"robot\"", "\"User\"", "\"\"", "5", "null", "\"function\"", "\"us\\u0000er\"")) {
            all.add(new Chat("role " + role, messages(role, "\"hi\""), "messages.0.role"));
        }
        all.add(new Chat("a tool without its call", messages("\"tool\"", "\"hi\""), "messages.0.tool_call_id"));
        all.add(new Chat("no role", "\"messages\":[{\"content\":\"hi\"}]", "messages.0.role"));
        for (String content : List.of("null", "5", "{}", "true", "\"a\\u0000b\"", "\"\\ud800\"")) {
            all.add(new Chat("content " + content, messages("\"user\"", content), "messages.0.content"));
        }
        for (String part : List.of(
                "5",
                "{}",
                "{\"type\":\"image_url\",\"image_url\":{\"url\":\"x\"}}",
                "{\"type\":\"text\",\"text\":5}")) {
            all.add(new Chat("part " + part, messages("\"user\"", "[" + part + "]"), "messages.0.content.0"));
        }
        all.add(new Chat("no content", "\"messages\":[{\"role\":\"user\"}]", "messages.0.content"));
        all.add(new Chat(
                "2,049 messages",
                "\"messages\":[" + "{\"role\":\"user\",\"content\":\"a\"},".repeat(2048)
                        + "{\"role\":\"user\",\"content\":\"a\"}]",
                "messages"));
        all.add(new Chat("a message of 10 MB", messages("\"user\"", "\"" + "a ".repeat(5_000_000) + "\""), "messages"));
        return all;
    }

    /** Parameters that no language model takes; a member each, by the name of the field. */
    public static List<Chat> chatParameters() {
        return Stream.of(
                        "max_tokens:0",
                        "max_tokens:-1",
                        "max_tokens:9223372036854775808",
                        "max_tokens:8193",
                        "max_tokens:1e400",
                        "max_tokens:1.5",
                        "max_tokens:\"5\"",
                        "temperature:-1",
                        "temperature:3",
                        "temperature:\"x\"",
                        "top_p:2",
                        "stop:5",
                        "stop:\"\"",
                        "stop:[\"a\",\"b\",\"c\",\"d\",\"e\"]",
                        "seed:\"x\"",
                        "seed:9223372036854775808",
                        "tools:[{\"type\":\"function\"}]",
                        "temprature:1")
                .map(text -> text.split(":", 2))
                .map(pair -> new Chat(pair[0] + " " + pair[1], "\"" + pair[0] + "\":" + pair[1], pair[0]))
                .toList();
    }

    /** One message, as the member {@code messages}. */
    public static String messages(String role, String content) {
        return "\"messages\":[{\"role\":" + role + ",\"content\":" + content + "}]";
    }

    /** Values of {@code Idempotency-Key} that are refused by name; raw bytes of a header, as Latin-1. */
    public static List<String> idempotencyKeys() {
        return List.of("", "k".repeat(256), "k".repeat(5000), "schl\u00FCssel", "a\tb", "a\u00A0b", "\u00C3\u00A9");
    }

    /** Header values that are no HTTP: refused before any route is asked, so they name no field. */
    public static List<String> brokenHeaderValues() {
        return List.of("a\u0001b", "a\0b", "a\u007Fb", "a\u001Bb");
    }

    private static Body text(String name, String text) {
        return new Body(name, text.getBytes(UTF_8));
    }

    private static byte[] bytes(byte[] front, String text) {
        return bytes(front, text.getBytes(UTF_8));
    }

    private static byte[] bytes(byte[] front, byte[] behind) {
        byte[] all = Arrays.copyOf(front, front.length + behind.length);
        System.arraycopy(behind, 0, all, front.length, behind.length);
        return all;
    }

    /** The body with one more member whose text holds these bytes. */
    private static Body inText(String name, String good, int... bytes) {
        String front = good.substring(0, good.length() - 1) + ",\"x\":\"a";
        byte[] inside = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            inside[i] = (byte) bytes[i];
        }
        return new Body(name, bytes(bytes(front.getBytes(UTF_8), inside), "b\"}"));
    }
}
