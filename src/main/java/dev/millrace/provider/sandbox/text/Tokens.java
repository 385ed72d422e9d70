package dev.millrace.provider.sandbox.text;

import com.knuddels.jtokkit.Encodings;
import com.knuddels.jtokkit.api.Encoding;
import com.knuddels.jtokkit.api.EncodingType;
import com.knuddels.jtokkit.api.IntArrayList;
import java.util.ArrayList;
import java.util.List;

/** Counts and splits text in the tokens of {@code o200k_base}, the vocabulary of the GPT-4o family. */
public final class Tokens {
    private Tokens() {}

    /** Loads the vocabulary (some 0.4 seconds, once), so that no caller waits for it later. */
    public static void load() {
        count("");
    }

    public static int count(String text) {
        return Vocabulary.ENCODING.countTokensOrdinary(text);
    }

    /** The text's tokens as text; joined they are the text again. For text in ASCII. */
    public static List<String> split(String text) {
        IntArrayList tokens = Vocabulary.ENCODING.encodeOrdinary(text);
        var pieces = new ArrayList<String>(tokens.size());
        var one = new IntArrayList(1);
        for (int i = 0; i < tokens.size(); i++) {
            one.clear();
            one.add(tokens.get(i));
            pieces.add(Vocabulary.ENCODING.decode(one));
        }
        return pieces;
    }

    /** Holds the vocabulary from its first use on: it takes tens of megabytes that an idle server need not have. */
    private static final class Vocabulary {
        static final Encoding ENCODING = Encodings.newLazyEncodingRegistry().getEncoding(EncodingType.O200K_BASE);
    }
}
