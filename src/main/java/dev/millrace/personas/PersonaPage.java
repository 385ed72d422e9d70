package dev.millrace.personas;

import java.util.List;

/**
 * Some of an organization's personas, newest first.
 *
 * @param total how many there are in all
 */
public record PersonaPage(List<Persona> items, long total) {
    public PersonaPage {
        items = List.copyOf(items);
    }
}
