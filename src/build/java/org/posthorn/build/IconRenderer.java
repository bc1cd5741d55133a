package org.posthorn.build;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.github.weisj.jsvg.SVGDocument;
import com.github.weisj.jsvg.parser.SVGLoader;
import com.github.weisj.jsvg.view.ViewBox;
import java.awt.Component;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import javax.imageio.ImageIO;

/** Renders the icon for every system: {@code IconRenderer SVG FOLDER}. The build starts it from its source. */
public final class IconRenderer {

    private static final int[] PNG_SIZES = {16, 24, 32, 48, 64, 128, 256, 512, 1024};

    private static final int[] ICO_SIZES = {16, 24, 32, 48, 64, 128, 256};

    /** An icon on macOS fills 824 of 1024 pixels; the rest is air, or it looks larger than its neighbours in the dock. */
    private static final double MAC_SHARE = 824.0 / 1024;

    /** What iconutil calls each size; a size occurs again as the doubled one below it. */
    private static final Map<String, Integer> ICNS_TYPES = new TreeMap<>(Map.ofEntries(
            Map.entry("icp4", 16),
            Map.entry("ic11", 32),
            Map.entry("icp5", 32),
            Map.entry("ic12", 64),
            Map.entry("ic07", 128),
            Map.entry("ic13", 256),
            Map.entry("ic08", 256),
            Map.entry("ic14", 512),
            Map.entry("ic09", 512),
            Map.entry("ic10", 1024)));

    private final SVGDocument drawing;

    private IconRenderer(SVGDocument drawing) {
        this.drawing = drawing;
    }

    public static void main(String[] arguments) throws IOException {
        SVGDocument drawing = new SVGLoader().load(Path.of(arguments[0]).toUri().toURL());
        new IconRenderer(Objects.requireNonNull(drawing, "not an SVG: " + arguments[0])).render(Path.of(arguments[1]));
    }

    private void render(Path folder) throws IOException {
        Files.createDirectories(folder);
        for (int size : PNG_SIZES) {
            Files.write(folder.resolve("posthorn-" + size + ".png"), png(size, 1));
        }
        Files.write(folder.resolve("posthorn.icns"), icns());
        Files.write(folder.resolve("posthorn.ico"), ico());
    }

    private byte[] png(int size, double share) throws IOException {
        BufferedImage image = new BufferedImage(size, size, BufferedImage.TYPE_INT_ARGB);
        Graphics2D graphics = image.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        graphics.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
        float margin = Math.round(size * (1 - share) / 2);
        drawing.render((Component) null, graphics, new ViewBox(margin, margin, size - 2 * margin, size - 2 * margin));
        graphics.dispose();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageIO.write(image, "png", bytes);
        return bytes.toByteArray();
    }

    /** A header of 6 bytes, an entry of 16 for each picture, the pictures. A side of 256 is written as 0. */
    private byte[] ico() throws IOException {
        ByteArrayOutputStream pictures = new ByteArrayOutputStream();
        ByteBuffer head = ByteBuffer.allocate(6 + 16 * ICO_SIZES.length).order(ByteOrder.LITTLE_ENDIAN);
        head.putShort((short) 0).putShort((short) 1).putShort((short) ICO_SIZES.length);
        for (int size : ICO_SIZES) {
            byte[] picture = png(size, 1);
            head.put((byte) size).put((byte) size).putShort((short) 0);
            head.putShort((short) 1).putShort((short) 32);
            head.putInt(picture.length).putInt(head.capacity() + pictures.size());
            pictures.write(picture);
        }
        return joined(head, pictures);
    }

    /** A header of 8 bytes with the length of all, then for each picture its type, its length with these 8 bytes, itself. */
    private byte[] icns() throws IOException {
        ByteArrayOutputStream pictures = new ByteArrayOutputStream();
        for (Map.Entry<String, Integer> type : ICNS_TYPES.entrySet()) {
            byte[] picture = png(type.getValue(), MAC_SHARE);
            pictures.write(type.getKey().getBytes(US_ASCII));
            pictures.write(ByteBuffer.allocate(4).putInt(8 + picture.length).array());
            pictures.write(picture);
        }
        ByteBuffer head = ByteBuffer.allocate(8);
        head.put("icns".getBytes(US_ASCII)).putInt(8 + pictures.size());
        return joined(head, pictures);
    }

    private static byte[] joined(ByteBuffer head, ByteArrayOutputStream pictures) {
        return ByteBuffer.allocate(head.capacity() + pictures.size())
                .put(head.array())
                .put(pictures.toByteArray())
                .array();
    }
}
