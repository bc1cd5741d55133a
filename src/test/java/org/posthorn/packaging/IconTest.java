package org.posthorn.packaging;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the build renders from the drawing, read as Windows, macOS and Linux read it. */
class IconTest {

    private static final Path FOLDER = Path.of("target/icons");

    @ParameterizedTest
    @ValueSource(ints = {16, 24, 32, 48, 64, 128, 256, 512, 1024})
    void rendersEverySizeWithClearCornersAroundTheHorn(int size) throws IOException {
        BufferedImage image = picture(Files.readAllBytes(FOLDER.resolve("posthorn-" + size + ".png")));

        assertThat(image.getWidth()).isEqualTo(size);
        assertThat(image.getHeight()).isEqualTo(size);
        assertThat(image.getRGB(size - 1, 0) >>> 24).isLessThan(128);
        assertThat(image.getRGB(size / 2, 22 * size / 64) & 0xffffff).isEqualTo(0xffd45a);
    }

    @Test
    void packsForWindowsEverySizeItAsksFor() throws IOException {
        ByteBuffer file = ByteBuffer.wrap(Files.readAllBytes(FOLDER.resolve("posthorn.ico")))
                .order(ByteOrder.LITTLE_ENDIAN);
        Map<Integer, BufferedImage> pictures = new HashMap<>();
        assertThat(file.getInt(0)).isEqualTo(0x00010000);

        for (int entry = 0; entry < file.getShort(4); entry++) {
            int at = 6 + 16 * entry;
            int side = file.get(at) == 0 ? 256 : Byte.toUnsignedInt(file.get(at));
            pictures.put(side, picture(bytes(file, file.getInt(at + 12), file.getInt(at + 8))));
        }

        assertThat(pictures).containsOnlyKeys(16, 24, 32, 48, 64, 128, 256);
        assertThat(pictures)
                .allSatisfy((side, image) -> assertThat(image.getWidth()).isEqualTo(side));
    }

    @Test
    void packsForMacosEverySizeOnceAndDoubled() throws IOException {
        ByteBuffer file = ByteBuffer.wrap(Files.readAllBytes(FOLDER.resolve("posthorn.icns")));
        Map<String, Integer> widths = new HashMap<>();
        assertThat(type(file, 0)).isEqualTo("icns");
        assertThat(file.getInt(4)).isEqualTo(file.capacity());

        for (int at = 8; at < file.capacity(); at += file.getInt(at + 4)) {
            widths.put(
                    type(file, at),
                    picture(bytes(file, at + 8, file.getInt(at + 4) - 8)).getWidth());
        }

        assertThat(widths)
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "icp4", 16, "ic11", 32, "icp5", 32, "ic12", 64, "ic07", 128, "ic13", 256, "ic08", 256, "ic14",
                        512, "ic09", 512, "ic10", 1024));
    }

    @Test
    void handsTheWindowItsSizes() {
        for (int size : new int[] {16, 24, 32, 48, 64, 128, 256}) {
            assertThat(IconTest.class.getResource("/org/posthorn/icons/posthorn-" + size + ".png"))
                    .isNotNull();
        }
    }

    private static BufferedImage picture(byte[] bytes) throws IOException {
        BufferedImage image = ImageIO.read(new ByteArrayInputStream(bytes));
        assertThat(image).isNotNull();
        return image;
    }

    private static String type(ByteBuffer file, int at) {
        return new String(bytes(file, at, 4), US_ASCII);
    }

    private static byte[] bytes(ByteBuffer file, int at, int length) {
        byte[] bytes = new byte[length];
        file.get(at, bytes);
        return bytes;
    }
}
