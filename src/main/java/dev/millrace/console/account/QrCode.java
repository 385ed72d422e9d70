package dev.millrace.console.account;

import com.google.zxing.WriterException;
import com.google.zxing.qrcode.decoder.ErrorCorrectionLevel;
import com.google.zxing.qrcode.encoder.ByteMatrix;
import com.google.zxing.qrcode.encoder.Encoder;

/**
 * A text as a square that a camera reads.
 *
 * @param side how many fields it is wide, with the empty rim that readers need
 * @param path its dark fields, as the path of an SVG
 */
public record QrCode(int side, String path) {
    private static final int RIM = 4;

    static QrCode of(String text) {
        ByteMatrix fields;
        try {
            fields = Encoder.encode(text, ErrorCorrectionLevel.M).getMatrix();
        } catch (WriterException e) {
            throw new IllegalStateException("bug: a text that fits no square", e);
        }
        StringBuilder path = new StringBuilder();
        for (int y = 0; y < fields.getHeight(); y++) {
            for (int x = 0; x < fields.getWidth(); x++) {
                if (fields.get(x, y) == 1) {
                    path.append('M').append(x + RIM).append(' ').append(y + RIM).append("h1v1h-1z");
                }
            }
        }
        return new QrCode(fields.getWidth() + 2 * RIM, path.toString());
    }
}
