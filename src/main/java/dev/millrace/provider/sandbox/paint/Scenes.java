package dev.millrace.provider.sandbox.paint;

import dev.millrace.provider.sandbox.prompt.Dice;
import java.util.ArrayList;

/** Builds the scene for a prompt and a seed. */
public final class Scenes {
    private Scenes() {}

    /** The scene, composed for pictures of this aspect (width over height). */
    public static Scene of(String prompt, long seed, double aspect) {
        var theme = Theme.of(prompt, seed);
        Dice dice = Dice.of(prompt, seed);
        Stage stage = stage(theme, dice, aspect);
        return peopled(stage, Cast.of(prompt), empty(stage));
    }

    /** The scene with who the prompt names: one face, or figures in the foreground. */
    private static Scene peopled(Stage stage, Cast cast, Scene scene) {
        if (!cast.isPortrait() && cast.figures().isEmpty()) {
            return scene;
        }
        var layers = new ArrayList<Layer>(scene.layers());
        layers.add(cast.isPortrait() ? new Sitter(stage, cast) : new Actors(stage, cast));
        return new Scene(layers, scene.flat());
    }

    private static Scene empty(Stage stage) {
        return switch (stage.theme().motif()) {
            case MOUNTAINS -> Mountains.scene(stage);
            case SEA -> Seascape.scene(stage);
            case DESERT -> Desert.scene(stage);
            case FOREST -> Woods.scene(stage);
            case CITY -> Town.scene(stage);
            case AURORA -> Polar.scene(stage);
            case SPACE -> Cosmos.scene(stage);
            case FLOWERS -> Bouquet.scene(stage);
            case MEADOW -> Meadow.scene(stage);
            case SILK -> new Scene(java.util.List.of(new Silk(stage)), true);
            case FLOW -> new Scene(java.util.List.of(new Currents(stage)), true);
            case CRYSTAL -> new Scene(java.util.List.of(new Facets(stage)), true);
            case ORBITS -> new Scene(java.util.List.of(new Orbits(stage)), true);
        };
    }

    private static Stage stage(Theme theme, Dice dice, double aspect) {
        Dice place = dice.named("stage");
        double third = place.chance(0.5) ? place.between(0.22, 0.40) : place.between(0.60, 0.78);
        double horizon = switch (theme.motif()) {
            case SEA -> place.between(0.54, 0.64);
            case MOUNTAINS -> place.between(0.62, 0.72);
            case AURORA -> place.between(0.72, 0.80);
            case CITY -> place.between(0.66, 0.74);
            case DESERT, MEADOW -> place.between(0.52, 0.62);
            case FOREST, SPACE, FLOWERS, SILK, FLOW, CRYSTAL, ORBITS -> place.between(0.6, 0.7);
        };
        double height = theme.has(Feature.MOON) ? place.between(0.30, 0.50) : place.between(0.52, 0.80);
        return new Stage(theme, dice, aspect, horizon, aspect * third, horizon * height);
    }
}
