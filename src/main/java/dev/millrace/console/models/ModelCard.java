package dev.millrace.console.models;

import dev.millrace.catalog.Model;
import dev.millrace.catalog.ModelStatus;
import java.util.List;

/**
 * One model in a list.
 *
 * @param type its modality on the wire, as {@code image}
 * @param time how long one request usually takes
 * @param learnt whether runs here have taught that
 */
public record ModelCard(
        String id,
        String title,
        String description,
        String owner,
        String family,
        String type,
        String kind,
        List<String> operations,
        List<FromPrice> prices,
        String time,
        boolean learnt,
        boolean open) {
    static ModelCard of(Model model, Times times) {
        return new ModelCard(
                model.id(),
                model.title(),
                model.description(),
                model.ownedBy(),
                model.family(),
                model.modality().wire(),
                Words.kind(model.modality()),
                model.operations().stream().map(Words::operation).toList(),
                FromPrice.of(model.prices()),
                times.typical(),
                times.learnt(),
                model.status() == ModelStatus.ENABLED);
    }
}
