package dev.millrace.provider.sandbox.text;

import dev.millrace.provider.sandbox.prompt.Words;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * What a question is about, as far as the sandbox looks: up to three of its words.
 *
 * <p>Words with digits, capitals inside, or more than twelve letters are never repeated: those are names, keys and numbers.
 */
record Topic(List<String> words) {
    private static final int MOST = 3;
    private static final Set<String> PLAIN = Set.copyOf(List.of("""
            about after again all also and any are ask because been before being between both but can could did does
            doe down each even every few first for from get give good had has have hello her here him his how into its
            just keep know let like list long make many may me mine more most much must need new not now off one only
            other our out over own please really said same say see she short should show some such take tell than thank that
            the their them then there these they thi this those three through too two under until use very wa want wants was
            way were what when where which while who why will with word would write yes yet you your explain sentence
            describe create generate answer question help using best help could paragraph exactly line""".split("\\s+")));

    static Topic of(String question) {
        var found = new ArrayList<String>();
        for (String word : Words.of(question).list()) {
            boolean letters = word.chars().allMatch(c -> c >= 'a' && c <= 'z');
            boolean fits = word.length() >= 3 && word.length() <= 12;
            if (letters && fits && !PLAIN.contains(word) && !found.contains(word)) {
                found.add(word);
            }
            if (found.size() == MOST) {
                break;
            }
        }
        return new Topic(List.copyOf(found));
    }

    /** As part of a sentence. */
    String phrase() {
        return switch (words.size()) {
            case 0 -> "your question";
            case 1 -> words.getFirst();
            case 2 -> words.get(0) + " and " + words.get(1);
            default -> words.get(0) + ", " + words.get(1) + " and " + words.get(2);
        };
    }
}
