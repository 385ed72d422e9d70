package dev.millrace.console;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.Utf8ByteOutput;
import java.util.Map;

/** The templates that the build compiled. Nothing is loaded before the first page is asked for. */
final class Templates {
    private static final int USUAL_BYTES = 32 * 1024;

    /** Made by the first page. */
    private static final class Engine {
        static final TemplateEngine ONE = TemplateEngine.createPrecompiled(ContentType.Html);
    }

    private Templates() {}

    /** @param name of the template's file, as {@code models/list.jte} */
    static byte[] render(String name, Map<String, Object> values) {
        Utf8ByteOutput page = new Utf8ByteOutput(USUAL_BYTES);
        Engine.ONE.render(name, values, page);
        return page.toByteArray();
    }
}
