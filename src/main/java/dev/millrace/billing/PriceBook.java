package dev.millrace.billing;

import dev.millrace.catalog.PriceList;
import dev.millrace.db.Tx;
import java.util.Optional;

/** Finds a price list that was ever in force, whatever the catalogue says now. */
@FunctionalInterface
public interface PriceBook {
    Optional<PriceList> find(Tx tx, String model, String version);
}
