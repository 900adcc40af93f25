package io.consort.router.outcomes;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Writes a picture; positions in pixels from the upper left. Not thread-safe. */
final class Svg {

    private static final double LETTER = 6.6;
    private static final double LINE = 15;
    private static final double DESCENT = 3;
    private static final double[][] BESIDE = {
        {9, 4},
        {9, -9},
        {9, 17},
        {-9, 4},
        {-9, -9},
        {-9, 17},
        {0, -11},
        {0, 21},
        {14, -24},
        {14, 32},
        {-14, -24},
        {-14, 32},
        {20, -39},
        {20, 47}
    };

    private record Box(double left, double top, double right, double bottom) {
        boolean touches(Box other) {
            return left < other.right
                    && other.left < right
                    && top < other.bottom
                    && other.top < bottom;
        }
    }

    private final StringBuilder body = new StringBuilder();
    private final List<Box> taken = new ArrayList<>();
    private final int width;
    private final int height;

    Svg(int width, int height) {
        this.width = width;
        this.height = height;
    }

    void line(double x1, double y1, double x2, double y2, String style) {
        add(
                String.format(
                        Locale.ROOT,
                        "<line x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\" %s/>",
                        x1,
                        y1,
                        x2,
                        y2,
                        style));
    }

    /**
     * A line through points.
     *
     * @param points x and y of each
     */
    void path(List<double[]> points, String style) {
        StringBuilder line = new StringBuilder();
        for (double[] point : points) {
            line.append(String.format(Locale.ROOT, "%.1f,%.1f ", point[0], point[1]));
        }
        add("<polyline points=\"%s\" fill=\"none\" %s/>".formatted(line.toString().strip(), style));
    }

    /** A dot, which labels keep clear of. */
    void dot(double x, double y, double radius, String style) {
        add(
                String.format(
                        Locale.ROOT,
                        "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"%.1f\" %s/>",
                        x,
                        y,
                        radius,
                        style));
        taken.add(new Box(x - radius, y - radius, x + radius, y + radius));
    }

    /** An upright line, which labels keep clear of. */
    void bar(double x, double low, double high, String style) {
        line(x, low, x, high, style);
        taken.add(new Box(x - 1, Math.min(low, high), x + 1, Math.max(low, high)));
    }

    /** Text at a place; {@code anchor} is start, middle or end. */
    void text(double x, double y, String anchor, String style, String text) {
        add(
                String.format(
                        Locale.ROOT,
                        "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\" %s>%s</text>",
                        x,
                        y,
                        anchor,
                        style,
                        escaped(text)));
    }

    /**
     * Text beside a point, where it covers neither dots nor other labels, if there is such a place;
     * none where the picture is too narrow for it.
     */
    void label(double x, double y, String style, String text) {
        List<Box> inside =
                Arrays.stream(BESIDE)
                        .map(offset -> box(x, y, offset, text))
                        .filter(box -> box.left > 0 && box.right < width)
                        .toList();
        if (inside.isEmpty()) {
            return;
        }
        Box box =
                inside.stream()
                        .filter(place -> taken.stream().noneMatch(place::touches))
                        .findFirst()
                        .orElse(inside.getLast());
        taken.add(box);
        text(box.left, box.bottom - DESCENT, "start", style, text);
    }

    private static Box box(double x, double y, double[] offset, String text) {
        double length = text.length() * LETTER;
        double left = x - length / 2;
        if (offset[0] != 0) {
            left = offset[0] > 0 ? x + offset[0] : x + offset[0] - length;
        }
        double bottom = y + offset[1] + DESCENT;
        return new Box(left, bottom - LINE, left + length, bottom);
    }

    @Override
    public String toString() {
        return """
        <svg xmlns="http://www.w3.org/2000/svg" width="%d" height="%d" viewBox="0 0 %d %d" \
        font-family="Helvetica, Arial, sans-serif" font-size="12">
        <rect width="100%%" height="100%%" fill="white"/>
        %s</svg>
        """
                .formatted(width, height, width, height, body);
    }

    private void add(String element) {
        body.append(element).append('\n');
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
