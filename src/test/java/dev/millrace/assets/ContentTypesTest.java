package dev.millrace.assets;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ContentTypesTest {
    @ParameterizedTest
    @CsvSource({
        "89504E470D0A1A0A0000, image/png, png",
        "FFD8FFE000104A464946, image/jpeg, jpg",
        "474946383961, image/gif, gif",
        "524946460000000057454250, image/webp, webp",
        "524946460000000057415645, audio/wav, wav",
        "000000186674797069736F6D, video/mp4, mp4",
        "00000018667479706D703432, video/mp4, mp4",
        "000000146674797071742020, video/quicktime, mov",
        "00000018667479704D344120, audio/mp4, m4a",
        "1A45DFA39F4286810142F7810142F2810442F381084282847765626D, video/webm, webm",
        "49443304000000, audio/mpeg, mp3",
        "FFFB9064, audio/mpeg, mp3",
        "664C614300000022, audio/flac, flac",
        "4F67675300020000, audio/ogg, ogg",
        "7B2274657874223A, application/json, json",
        "3C68746D6C3E, application/octet-stream, bin",
        "3C73766720786D6C6E73, application/octet-stream, bin",
        "1A45DFA39F6D6174726F736B61, application/octet-stream, bin",
        "524946460000000041564920, application/octet-stream, bin",
        "0000001866747970617669660000, application/octet-stream, bin",
        "FFFF, application/octet-stream, bin",
        "89, application/octet-stream, bin",
        "'', application/octet-stream, bin",
    })
    void a_file_is_what_its_first_bytes_say(String hex, String type, String extension) {
        String found = ContentTypes.of(HexFormat.of().parseHex(hex));
        assertThat(found).isEqualTo(type);
        assertThat(ContentTypes.extension(found)).isEqualTo(extension);
    }

    @ParameterizedTest
    @CsvSource({"%PDF-1.7", "PK", "#!/bin/sh", "{ }"})
    void what_is_no_media_is_unknown(String text) {
        assertThat(ContentTypes.of(text.getBytes(StandardCharsets.UTF_8))).isEqualTo(ContentTypes.UNKNOWN);
    }
}
