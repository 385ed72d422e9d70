package dev.millrace.console.reference;

/** A text that fits a name: an amount for {@code charge_usd}, a time for {@code created_at}. */
final class ExampleText {
    private static final String ID = "0190a5b2-7c11-7abc-8def-0123456789ab";
    private static final String TIME = "2026-11-21T09:30:00Z";

    private ExampleText() {}

    static String of(String name, String format) {
        if (name.endsWith("_usd") || name.equals("usd") || name.contains("price")) {
            return "0.04";
        }
        if (name.endsWith("_at") || name.endsWith("At") || format.equals("date-time")) {
            return TIME;
        }
        if (name.equals("id") || name.endsWith("_id") || name.endsWith("Id") || format.equals("uuid")) {
            return ID;
        }
        if (name.endsWith("url") || name.endsWith("Url") || name.endsWith("URL") || format.equals("uri")) {
            return "https://example.com/picture.png";
        }
        return switch (name) {
            case "model", "canonical_slug" -> "sandbox/image";
            case "prompt" -> "a lighthouse at sunset";
            case "text" -> "The mill has been turning since morning.";
            case "status", "state" -> "completed";
            case "object" -> "job";
            case "type", "modality" -> "image";
            case "name", "title" -> "Painter";
            case "content_type", "contentType" -> "image/png";
            case "code" -> "invalid_parameter";
            case "detail", "message", "error" -> "prompt: is missing.";
            case "currency" -> "USD";
            case "date" -> "2026-11-21";
            case "email" -> "ann@example.com";
            default -> "…";
        };
    }
}
