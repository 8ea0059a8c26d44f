package logout.benchmark;

import java.util.List;
import java.util.Locale;

/** The same quantity, measured several times. */
final class Statistics {

    private final double[] sorted;

    Statistics(List<Double> measured) {
        sorted = measured.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    }

    double median() {
        return quantile(0.5);
    }

    /** The smallest of the measured figures that at least this share of them does not exceed. */
    double quantile(double share) {
        return sorted[Math.max(0, (int) Math.ceil(share * sorted.length) - 1)];
    }

    /** The median, and from which to which figure all of them go. */
    String inWords(String format) {
        return String.format(
                Locale.ROOT, format + " (" + format + "–" + format + ")", median(), quantile(0), quantile(1));
    }
}
