package dev.millrace.console.guide;

import dev.millrace.console.code.Sample;
import java.util.List;

/**
 * The first request in one dialect.
 *
 * @param key names it within the page
 * @param dialect its name
 * @param does what the request does, in a line
 * @param samples the request in code
 */
public record FirstRequest(String key, String dialect, String does, List<Sample> samples) {
    static List<FirstRequest> all(String base) {
        return List.of(
                new FirstRequest(
                        "millrace",
                        "Millrace",
                        "Everything under one address: an image answers at once, a video or a track is a job.",
                        List.of(
                                sample("curl", "An image", FirstCode.IMAGE, base),
                                sample("chat", "A chat, streamed", FirstCode.CHAT, base),
                                sample("video", "A video, as a job", FirstCode.VIDEO, base))),
                new FirstRequest(
                        "openai",
                        "OpenAI",
                        "Chat, images, videos, speech and transcription with OpenAI’s own clients.",
                        List.of(
                                sample("js", "JavaScript", FirstCode.OPENAI_JS, base),
                                sample("python", "Python", FirstCode.OPENAI_PYTHON, base),
                                sample("curl", "curl", FirstCode.OPENAI_CURL, base))),
                new FirstRequest(
                        "higgsfield",
                        "Higgsfield",
                        "Its official clients, with the two halves of your key.",
                        List.of(
                                sample("js", "JavaScript", FirstCode.HIGGSFIELD_JS, base),
                                sample("python", "Python", FirstCode.HIGGSFIELD_PYTHON, base),
                                sample("curl", "curl", FirstCode.HIGGSFIELD_CURL, base))),
                new FirstRequest(
                        "apiframe",
                        "Apiframe",
                        "All 21 operations of version 2: submit, poll, or be told by webhook.",
                        List.of(sample("curl", "curl", FirstCode.APIFRAME, base))));
    }

    private static Sample sample(String key, String label, String code, String base) {
        return Sample.of(key, label, code.replace("BASE", base));
    }
}
