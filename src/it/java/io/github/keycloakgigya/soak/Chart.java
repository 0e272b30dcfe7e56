package io.github.keycloakgigya.soak;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Lines over the time of a soak, drawn as SVG, with its faults as bands.
 *
 * @param title what the lines show, with the unit
 * @param start where the time axis begins
 * @param length of the time axis
 * @param logarithmic whether each step up the other axis is ten times the one before it
 * @param bands the faults; each is drawn with its number, from 1
 * @param lines the figures by their names, in the order of the legend
 */
record Chart(
        String title,
        Instant start,
        Duration length,
        boolean logarithmic,
        List<Band> bands,
        Map<String, List<Sample>> lines) {

    private static final int WIDTH = 960;
    private static final int HEIGHT = 300;
    private static final int LEFT = 64;
    private static final int RIGHT = 16;
    private static final int TOP = 52;
    private static final int BOTTOM = 34;
    private static final int STEPS = 5;
    private static final List<Double> ROUND = List.of(1.0, 2.0, 2.5, 5.0, 10.0);
    private static final int MOST_MINUTES_MARKED = 12;
    private static final int GAP = 3;
    // Told apart by people who see no red or green (Okabe and Ito).
    private static final List<String> COLOURS =
            List.of("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#000000");

    String svg() {
        var svg = new StringBuilder();
        svg.append(String.format(Locale.ROOT, """
                <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" font-family="sans-serif" font-size="12" role="img">
                <title>%s</title>
                <rect width="%d" height="%d" fill="#fff"/>
                <text x="%d" y="18" font-size="14" font-weight="bold">%s</text>
                """, WIDTH, HEIGHT, escaped(title), WIDTH, HEIGHT, LEFT, escaped(title)));
        drawBands(svg);
        drawAxes(svg);
        int number = 0;
        for (var line : lines.entrySet()) {
            drawLine(svg, number, line.getKey(), line.getValue());
            number++;
        }
        return svg.append("</svg>\n").toString();
    }

    private void drawBands(StringBuilder svg) {
        for (int number = 1; number <= bands.size(); number++) {
            var band = bands.get(number - 1);
            double from = x(band.begin());
            svg.append(String.format(
                    Locale.ROOT,
                    "<rect x=\"%.1f\" y=\"%d\" width=\"%.1f\" height=\"%d\" fill=\"#ddd\"><title>%s</title></rect>"
                            + "<text x=\"%.1f\" y=\"%d\" font-size=\"9\" fill=\"#666\">%d</text>%n",
                    from,
                    TOP,
                    Math.max(1, x(band.end()) - from),
                    HEIGHT - TOP - BOTTOM,
                    escaped(band.fault()),
                    from + 1,
                    TOP + 10,
                    number));
        }
    }

    private void drawAxes(StringBuilder svg) {
        int steps = logarithmic ? (int) Math.round(Math.log10(top())) : STEPS;
        for (int step = 0; step <= steps; step++) {
            double value = logarithmic ? Math.pow(10, step) : top() * step / steps;
            svg.append(String.format(
                    Locale.ROOT,
                    "<line x1=\"%d\" x2=\"%d\" y1=\"%.1f\" y2=\"%.1f\" stroke=\"#bbb\" stroke-width=\"0.5\"/>"
                            + "<text x=\"%d\" y=\"%.1f\" text-anchor=\"end\">%s</text>%n",
                    LEFT,
                    WIDTH - RIGHT,
                    y(value),
                    y(value),
                    LEFT - 6,
                    y(value) + 4,
                    value < 10 ? String.format(Locale.ROOT, "%.1f", value) : Math.round(value)));
        }
        long every = Math.max(1, (length.toMinutes() + MOST_MINUTES_MARKED - 1) / MOST_MINUTES_MARKED);
        for (long minute = 0; minute <= length.toMinutes(); minute += every) {
            svg.append(String.format(
                    Locale.ROOT,
                    "<text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">%d min</text>%n",
                    x(start.plus(Duration.ofMinutes(minute))),
                    HEIGHT - BOTTOM + 18,
                    minute));
        }
    }

    private void drawLine(StringBuilder svg, int number, String name, List<Sample> samples) {
        var colour = COLOURS.get(number % COLOURS.size());
        var path = new StringBuilder();
        for (int index = 0; index < samples.size(); index++) {
            var sample = samples.get(index);
            path.append(String.format(
                    Locale.ROOT,
                    "%s%.1f %.1f",
                    isBehindGap(samples, index) ? "M" : "L",
                    x(sample.at()),
                    y(sample.value())));
        }
        svg.append(String.format(
                Locale.ROOT,
                "<path d=\"%s\" fill=\"none\" stroke=\"%s\" stroke-width=\"1.3\"/>"
                        + "<text x=\"%d\" y=\"38\" fill=\"%s\">%s</text>%n",
                path,
                colour,
                LEFT + number * (WIDTH - LEFT - RIGHT) / Math.max(1, lines.size()),
                colour,
                escaped(name)));
    }

    /** {@return whether nothing was measured before a figure for much longer than usual, as of a node that did not run} */
    private static boolean isBehindGap(List<Sample> samples, int index) {
        if (index == 0) {
            return true;
        }
        var usual = between(samples, 0, samples.size() - 1).dividedBy(samples.size() - 1);
        return between(samples, index - 1, index).compareTo(usual.multipliedBy(GAP)) > 0;
    }

    private static Duration between(List<Sample> samples, int from, int to) {
        return Duration.between(samples.get(from).at(), samples.get(to).at());
    }

    private double x(Instant at) {
        double share = Duration.between(start, at).toMillis() / (double) Math.max(1, length.toMillis());
        return LEFT + Math.min(1, Math.max(0, share)) * (WIDTH - LEFT - RIGHT);
    }

    private double y(double value) {
        double share = logarithmic ? Math.log(Math.max(1, value)) / Math.log(top()) : value / top();
        return HEIGHT - BOTTOM - Math.min(1, share) * (HEIGHT - TOP - BOTTOM);
    }

    /** {@return the end of the axis, so that the steps have round figures} */
    private double top() {
        double most = lines.values().stream()
                .flatMap(List::stream)
                .mapToDouble(Sample::value)
                .max()
                .orElse(1);
        if (logarithmic) {
            return Math.pow(10, Math.max(1, Math.ceil(Math.log10(most))));
        }
        double step = Math.max(1, most) / STEPS;
        double magnitude = Math.pow(10, Math.floor(Math.log10(step)));
        return ROUND.stream()
                        .mapToDouble(factor -> factor * magnitude)
                        .filter(candidate -> candidate >= step)
                        .min()
                        .orElse(10 * magnitude)
                * STEPS;
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;");
    }
}
