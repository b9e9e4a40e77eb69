package org.carbomt.satellite.plumes;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashSet;
import java.util.Set;
import javax.imageio.ImageIO;
import org.carbomt.api.satellite.PlumeFinding;
import org.carbomt.api.satellite.Position;
import org.carbomt.api.satellite.Scene;

/** A scene as a PNG: enhancement from dark (none) to bright (five times the noise), hatched where there is no data, the plume outlined in red, its candidates as crosses. */
public final class ScenePicture {
    private static final int LONGEST_SIDE = 768;
    private static final Color[] RAMP = {new Color(0x072f43), new Color(0x18687a), new Color(0x55a1a8), new Color(0xaecfba), new Color(0xf6f3c4), new Color(0xf2b441)};

    private ScenePicture() {}

    public static byte[] png(Scene scene, PlumeFinding finding) {
        int scale = Math.max(1, LONGEST_SIDE / Math.max(scene.rows(), scene.columns()));
        var image = new BufferedImage(scene.columns() * scale, scene.rows() * scale, BufferedImage.TYPE_INT_RGB);
        var enhancement = Enhancement.of(scene);
        Set<Integer> plume = new HashSet<>();
        finding.plume().ifPresent(p -> {
            for (int i : p.pixels()) plume.add(i);
        });
        for (int i = 0; i < scene.pixels(); i++) pixel(image, scale, i % scene.columns(), i / scene.columns(), enhancement.ppb()[i] / (5 * enhancement.noise()));
        for (int i : plume) outline(image, scale, scene.columns(), i, plume);
        finding.plume().ifPresent(p -> {
            var g = image.createGraphics();
            for (var c : p.candidates()) cross(g, scale, scene, c.site().position());
            g.dispose();
        });
        try (var out = new ByteArrayOutputStream()) {
            ImageIO.write(image, "png", out);
            return out.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void pixel(BufferedImage image, int scale, int column, int row, double share) {
        for (int y = 0; y < scale; y++) {
            for (int x = 0; x < scale; x++) {
                int rgb = Double.isNaN(share) ? (x + y) % 6 < 1 ? 0x8a949a : 0x4a5257 : ramp(share);
                image.setRGB(column * scale + x, row * scale + y, rgb);
            }
        }
    }

    private static int ramp(double share) {
        double at = Math.max(0, Math.min(1, share)) * (RAMP.length - 1);
        var a = RAMP[(int) at];
        var b = RAMP[Math.min(RAMP.length - 1, (int) at + 1)];
        double t = at - (int) at;
        return new Color((int) (a.getRed() + t * (b.getRed() - a.getRed())), (int) (a.getGreen() + t * (b.getGreen() - a.getGreen())), (int) (a.getBlue() + t * (b.getBlue() - a.getBlue()))).getRGB();
    }

    private static void outline(BufferedImage image, int scale, int columns, int i, Set<Integer> plume) {
        int x0 = i % columns * scale;
        int y0 = i / columns * scale;
        var g = image.createGraphics();
        g.setColor(new Color(0xd7263d));
        int w = Math.max(1, scale / 8);
        if (i % columns == 0 || !plume.contains(i - 1)) g.fillRect(x0, y0, w, scale);
        if (i % columns == columns - 1 || !plume.contains(i + 1)) g.fillRect(x0 + scale - w, y0, w, scale);
        if (!plume.contains(i - columns)) g.fillRect(x0, y0, scale, w);
        if (!plume.contains(i + columns)) g.fillRect(x0, y0 + scale - w, scale, w);
        g.dispose();
    }

    private static void cross(Graphics2D g, int scale, Scene scene, Position site) {
        int best = 0;
        for (int i = 1; i < scene.pixels(); i++) if (site.distanceMetres(scene.position(i)) < site.distanceMetres(scene.position(best))) best = i;
        if (site.distanceMetres(scene.position(best)) > 1.5 * Math.sqrt(scene.areaSquareMetres()[best])) return;
        g.setColor(Color.WHITE);
        int x = best % scene.columns() * scale + scale / 2;
        int y = best / scene.columns() * scale + scale / 2;
        g.fillRect(x - scale / 2, y - 1, scale, 3);
        g.fillRect(x - 1, y - scale / 2, 3, scale);
    }
}
