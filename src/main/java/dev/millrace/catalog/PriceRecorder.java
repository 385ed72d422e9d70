package dev.millrace.catalog;

import java.util.Collection;

/**
 * Keeps price lists before they are served, so that every charge can be explained later. It may throw; the models are then
 * not served.
 */
@FunctionalInterface
public interface PriceRecorder {
    void record(Collection<Model> models);
}
