package dev.millrace.console;

/** A part of the console that the head of every page leads to. */
public enum Area {
    MODELS("Models", "/console/models"),
    PRICES("Prices", "/console/prices"),
    START("Get started", "/console/start"),
    REFERENCE("API reference", "/docs"),
    SUPPORT("Support", "/console/support");

    private final String title;
    private final String path;

    Area(String title, String path) {
        this.title = title;
        this.path = path;
    }

    public String title() {
        return title;
    }

    public String path() {
        return path;
    }
}
