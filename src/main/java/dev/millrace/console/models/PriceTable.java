package dev.millrace.console.models;

import java.util.List;

/** The whole price list, by kind and family. */
public record PriceTable(List<Section> sections, int models) {
    /** The models of one modality. */
    public record Section(String type, String kind, List<Row> rows) {}

    /**
     * What one model costs.
     *
     * @param source where the price is from
     * @param date since when it holds
     */
    public record Row(String id, String title, String family, List<PriceLine> lines, String source, String date) {}
}
