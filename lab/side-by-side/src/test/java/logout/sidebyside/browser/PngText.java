package logout.sidebyside.browser;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.zip.CRC32;

/** A line of text inside a PNG file, under a keyword: its {@code tEXt} chunk (PNG specification, section 11.3.3.2). */
final class PngText {

    /** The signature and the header, which every PNG file begins with. Other chunks come after them. */
    private static final int BEGINNING = 8 + 25;

    private static final String TYPE = "tEXt";

    private PngText() {}

    /** The picture with this text in it. */
    static byte[] with(byte[] png, String keyword, String text) {
        byte[] data = (TYPE + keyword + '\0' + text).getBytes(ISO_8859_1);
        CRC32 checksum = new CRC32();
        checksum.update(data);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(png, 0, BEGINNING);
        out.writeBytes(number(data.length - TYPE.length()));
        out.writeBytes(data);
        out.writeBytes(number((int) checksum.getValue()));
        out.write(png, BEGINNING, png.length - BEGINNING);
        return out.toByteArray();
    }

    /** The text that {@link #with} has put there, or an empty one. */
    static String of(byte[] png, String keyword) {
        String start = TYPE + keyword + '\0';
        ByteBuffer chunk = ByteBuffer.wrap(png).position(BEGINNING);
        byte[] data = new byte[chunk.getInt() + TYPE.length()];
        chunk.get(data);
        String text = new String(data, ISO_8859_1);
        return text.startsWith(start) ? text.substring(start.length()) : "";
    }

    private static byte[] number(int value) {
        return ByteBuffer.allocate(Integer.BYTES).putInt(value).array();
    }
}
