package dev.millrace.console.models;

import dev.millrace.catalog.Model;
import dev.millrace.jobs.Jobs;
import java.time.Duration;
import java.util.Optional;

/**
 * How long a model takes.
 *
 * @param typical half of its runs take no longer
 * @param tail nine in ten take no longer; empty until runs have taught it
 * @param learnt whether runs here have taught it; otherwise the catalogue says it
 */
public record Times(String typical, String tail, boolean learnt) {
    static Times of(Model model, Jobs jobs) {
        Optional<Duration> learnt = jobs.typicalDuration(model.id());
        return new Times(
                Words.time(learnt.orElse(model.typical())),
                jobs.nearlyLongest(model.id()).map(Words::time).orElse(""),
                learnt.isPresent());
    }
}
