package dev.millrace.provider.sandbox.text;

import java.util.List;

/** The sentences that answers are put together from; {@code %s} stands for the topic. */
final class Phrases {
    static final List<String> OPENINGS = List.of(
            "Here is a short look at %s.",
            "Happy to help with %s.",
            "Let us take %s one step at a time.",
            "There is a simple way to think about %s.",
            "Good question: %s comes down to a handful of choices.",
            "A useful start with %s is to say what a good result would look like.");

    static final List<String> HONESTY = List.of(
            "This answer comes from the sandbox, which has no language model behind it: the text is made up from templates, and only the token counts are real.",
            "Note that the sandbox is speaking: it assembles this text from templates so that you can test streaming, metering and billing without a provider.",
            "You are talking to the sandbox. It shows how an answer arrives and what it costs; for real knowledge, configure an upstream.");

    static final List<String> LEADS = List.of(
            "Three things matter most:",
            "A plan that usually works:",
            "What to look at first:",
            "In order of importance:");

    static final List<String> POINTS = List.of(
            "**Start small.** Try it on one example that you understand completely.",
            "**Name the goal.** Write down in one line what it should give you.",
            "**Measure early.** A number, even a rough one, settles more than an opinion about it.",
            "**Keep a record.** Note what you changed and what happened to it afterwards.",
            "**Ask for limits.** Every method around it has a point where it stops working.",
            "**Compare two ways.** The second approach to it shows what the first one hides.",
            "**Look at the edges.** Empty, huge and unexpected cases tell most about it.",
            "**Share it soon.** Someone else's first impression of it is worth having.",
            "**Rest on it.** A day later, it often looks simpler than it did.");

    static final List<String> REASONS = List.of(
            "The reason is that small steps can be undone, while large ones have to be defended.",
            "This works because feedback arrives while the decision is still cheap to change.",
            "In practice the first version teaches more than the plan that came before it.",
            "Most of the difficulty sits in the places where two assumptions meet.",
            "What looks like a detail now tends to be the thing that people notice later.",
            "It helps to separate what is known from what is merely likely.",
            "A clear example is better than a general rule, and two examples are better than one.",
            "Once the common case is right, the rare ones become much easier to see.",
            "The cost of waiting is real, but so is the cost of deciding twice.",
            "If the result surprises you, treat that as information and not as noise.");

    static final List<String> CLOSINGS = List.of(
            "That should be enough to begin; the rest follows from what you find.",
            "If you tell me more about your situation, the next answer can be more specific.",
            "With that in place, the next step is to try it once and look closely.",
            "In short: begin, look, adjust, and write down why.");

    private Phrases() {}
}
