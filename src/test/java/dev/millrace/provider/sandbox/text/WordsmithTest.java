package dev.millrace.provider.sandbox.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class WordsmithTest {
    private static final String QUESTION = "How should I plan a garden for dry summers?";

    @Test
    void the_same_question_and_seed_give_the_same_answer() {
        assertThat(Wordsmith.answer(QUESTION, 3, 1000)).isEqualTo(Wordsmith.answer(QUESTION, 3, 1000));
    }

    @Test
    void question_and_seed_each_change_the_answer() {
        String one = Wordsmith.answer(QUESTION, 3, 1000).text();
        assertThat(Wordsmith.answer("How should I paint a fence?", 3, 1000).text())
                .isNotEqualTo(one);
        assertThat(Wordsmith.answer(QUESTION, 4, 1000).text()).isNotEqualTo(one);
    }

    @Test
    void it_says_that_the_sandbox_speaks() {
        for (int seed = 0; seed < 20; seed++) {
            assertThat(Wordsmith.answer(QUESTION, seed, 1000).text()).contains("sandbox");
        }
    }

    @Test
    void a_limit_is_met_to_the_token_and_every_piece_is_one_token() {
        for (int limit = 1; limit < 400; limit++) {
            Answer answer = Wordsmith.answer(QUESTION, limit % 7, limit);
            assertThat(answer.pieces().size()).isLessThanOrEqualTo(limit);
            assertThat(answer.cut()).isEqualTo(answer.pieces().size() == limit && isCut(limit));
            assertThat(Tokens.count(answer.text())).isEqualTo(answer.pieces().size());
        }
    }

    private static boolean isCut(int limit) {
        return Wordsmith.answer(QUESTION, limit % 7, Long.MAX_VALUE).pieces().size() > limit;
    }

    @Test
    void an_answer_of_an_exact_length_has_it() {
        for (int tokens : new int[] {0, 1, 5, 500, 3_000}) {
            Answer answer = Wordsmith.answerOf(QUESTION, 1, tokens, 100_000);
            assertThat(answer.pieces()).hasSize(tokens);
            assertThat(answer.cut()).isFalse();
        }
        Answer limited = Wordsmith.answerOf(QUESTION, 1, 500, 40);
        assertThat(limited.pieces()).hasSize(40);
        assertThat(limited.cut()).isTrue();
    }

    @Test
    void it_repeats_neither_names_nor_keys_nor_numbers_nor_more_than_three_words() {
        String secret = "canary7f3a9 KEY-93bb12 Wolfeschlegelsteinhausen 4711 gardens hedges ponds lawns";
        String answer = Wordsmith.answer(secret, 2, 1000).text();
        assertThat(answer).doesNotContain("canary7f3a9", "93bb12", "olfeschlegel", "4711", "lawn");
    }

    @Test
    void a_question_may_be_anything() {
        for (String question : new String[] {"", " ", "日本", "\uD83D\uDE80", "?".repeat(10_000)}) {
            assertThat(Wordsmith.answer(question, -5, 50).pieces()).hasSize(50);
        }
    }
}
