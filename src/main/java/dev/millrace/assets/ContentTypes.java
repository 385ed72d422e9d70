package dev.millrace.assets;

import java.nio.charset.StandardCharsets;

/** What a file is, by its first bytes: what a sender says about it is never believed. */
public final class ContentTypes {
    /** What is told of anything that is not recognized; a browser saves it and never runs it. */
    public static final String UNKNOWN = "application/octet-stream";

    /** How many of the first bytes are looked at. */
    static final int HEAD_BYTES = 64;

    private static final int BRAND_AT = 8;
    private static final int BRAND_END = 12;

    private ContentTypes() {}

    /** The type of a file that begins with these bytes: PNG, JPEG, WebP, GIF, MP4, WebM, MOV, MP3, WAV, FLAC, OGG, M4A, JSON. */
    public static String of(byte[] head) {
        if (starts(head, 0, "\u0089PNG\r\n\u001a\n")) {
            return "image/png";
        }
        if (starts(head, 0, "\u00ff\u00d8\u00ff")) {
            return "image/jpeg";
        }
        if (starts(head, 0, "GIF87a") || starts(head, 0, "GIF89a")) {
            return "image/gif";
        }
        if (starts(head, 0, "RIFF")) {
            return starts(head, BRAND_AT, "WEBP")
                    ? "image/webp"
                    : starts(head, BRAND_AT, "WAVE") ? "audio/wav" : UNKNOWN;
        }
        if (starts(head, 4, "ftyp") && head.length >= BRAND_END) {
            return isoMedia(new String(head, BRAND_AT, BRAND_END - BRAND_AT, StandardCharsets.ISO_8859_1));
        }
        if (starts(head, 0, "\u001aE\u00df\u00a3")) {
            return new String(head, StandardCharsets.ISO_8859_1).contains("webm") ? "video/webm" : UNKNOWN;
        }
        if (starts(head, 0, "{\"")) {
            return "application/json";
        }
        return audio(head);
    }

    /** The usual ending of a file of this type, as {@code png}; {@code bin} for anything else. */
    public static String extension(String contentType) {
        return switch (contentType) {
            case "image/png" -> "png";
            case "image/jpeg", "image/jpg" -> "jpg";
            case "image/webp" -> "webp";
            case "image/gif" -> "gif";
            case "video/mp4" -> "mp4";
            case "video/webm" -> "webm";
            case "video/quicktime" -> "mov";
            case "audio/mpeg" -> "mp3";
            case "audio/wav", "audio/x-wav" -> "wav";
            case "audio/flac" -> "flac";
            case "audio/ogg" -> "ogg";
            case "audio/mp4" -> "m4a";
            case "application/json" -> "json";
            case "text/plain; charset=utf-8" -> "txt";
            default -> "bin";
        };
    }

    private static String isoMedia(String brand) {
        return switch (brand) {
            case "qt  " -> "video/quicktime";
            case "M4A ", "M4B " -> "audio/mp4";
            case "heic", "heix", "mif1", "avif", "avis", "crx " -> UNKNOWN;
            default -> "video/mp4";
        };
    }

    private static String audio(byte[] head) {
        if (starts(head, 0, "fLaC")) {
            return "audio/flac";
        }
        if (starts(head, 0, "OggS")) {
            return "audio/ogg";
        }
        return starts(head, 0, "ID3") || isMp3Frame(head) ? "audio/mpeg" : UNKNOWN;
    }

    /** An MPEG audio frame of layer III: eleven set bits, no reserved version, layer 01, no forbidden bit rate. */
    private static boolean isMp3Frame(byte[] head) {
        return head.length >= 3
                && (head[0] & 0xFF) == 0xFF
                && (head[1] & 0xE6) == 0xE2
                && (head[1] & 0x18) != 0x08
                && (head[2] & 0xF0) != 0xF0;
    }

    private static boolean starts(byte[] head, int at, String mark) {
        if (head.length < at + mark.length()) {
            return false;
        }
        for (int i = 0; i < mark.length(); i++) {
            if ((head[at + i] & 0xFF) != mark.charAt(i)) {
                return false;
            }
        }
        return true;
    }
}
