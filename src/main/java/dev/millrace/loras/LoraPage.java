package dev.millrace.loras;

import java.util.List;

/**
 * Some of an organization's LoRAs, newest first.
 *
 * @param more whether there are older ones
 */
public record LoraPage(List<Lora> items, boolean more) {
    public LoraPage {
        items = List.copyOf(items);
    }
}
