package dev.convoy.benchmark;

import dev.convoy.spark.forecast.Cluster;
import dev.convoy.spark.forecast.Forecast;
import dev.convoy.spark.forecast.PlanBenchmark;
import dev.convoy.spark.forecast.StepTimer;
import dev.convoy.spark.forecast.Timing;
import dev.convoy.train.round.TrainingPlan;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Dimension;
import java.awt.Font;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.LogAxis;
import org.jfree.chart.axis.NumberTickUnitSource;
import org.jfree.chart.block.BlockBorder;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.XYLineAndShapeRenderer;
import org.jfree.chart.title.TextTitle;
import org.jfree.chart.ui.HorizontalAlignment;
import org.jfree.chart.ui.RectangleInsets;
import org.jfree.data.xy.XYSeries;
import org.jfree.data.xy.XYSeriesCollection;

/**
 * Draws how many times as fast an epoch is predicted to be on up to 1,000 executors. Its arguments
 * are a file, jobs, and milliseconds of each one's step, where they are not to be timed here.
 */
public final class PlanPlot {
  private static final Dimension SIZE = new Dimension(860, 520);
  private static final int MOST = 1000;
  private static final int CORES = 4;
  private static final double GBIT = 10;

  /** Of an epoch; ImageNet's, as small data sets need no cluster. */
  private static final int EXAMPLES = 1_281_167;

  /** For a value of a contribution to be added. */
  private static final double FOLD_SECONDS = 0.3e-9;

  /** For a parameter of the next state to be looked at and hashed. */
  private static final double FINISH_SECONDS = 2.7e-9;

  private static final Color INK = new Color(0x212529);
  private static final Color FAINT = new Color(0xdee2e6);
  private static final List<Color> PAINTS =
      List.of(new Color(0x0b7285), new Color(0xe8590c), new Color(0x5f3dc4), new Color(0x2b8a3e));

  private PlanPlot() {}

  /** As above. */
  public static void main(String[] args) throws IOException {
    XYSeriesCollection curves = new XYSeriesCollection();
    List<String> jobs = Arrays.stream(args).skip(1).filter(job -> !isNumber(job)).toList();
    List<String> millis = Arrays.stream(args).skip(1).filter(PlanPlot::isNumber).toList();
    for (int i = 0; i < jobs.size(); i++) {
      curves.addSeries(curve(jobs.get(i), millis.isEmpty() ? null : millis.get(i)));
    }
    XYSeries ideal = new XYSeries("as many times as executors");
    ideal.add(1, 1);
    ideal.add(MOST, MOST);
    curves.addSeries(ideal);
    SvgChart.write(chart(curves), SIZE, Path.of(args[0]));
  }

  private static boolean isNumber(String argument) {
    return argument.matches("[0-9.]+(E-?[0-9]+)?");
  }

  /** What averaging takes on one core of Zen 5, beside a step that is given. */
  private static Timing given(TrainingPlan plan, String millis) {
    double values = plan.contributionBytes() / (double) Float.BYTES;
    return new Timing(
        1e-3 * Double.parseDouble(millis),
        FOLD_SECONDS * values,
        FINISH_SECONDS * plan.network().parameterCount());
  }

  private static XYSeries curve(String file, String millis) throws IOException {
    TrainingPlan plan = PlanBenchmark.plan(file, 1, 1, EXAMPLES);
    int processors = Runtime.getRuntime().availableProcessors();
    Timing timing =
        millis == null ? StepTimer.time(plan, Math.min(CORES, processors)) : given(plan, millis);
    Forecast forecast = new Forecast(plan, EXAMPLES, timing, 0.05);
    Cluster cluster = new Cluster(1, CORES, GBIT, 0);
    double one = forecast.of(cluster).epochSeconds();
    String name =
        String.format(
            Locale.ROOT,
            "%s: %,d parameters, a step %.1f ms",
            Path.of(file).getFileName().toString().replaceAll("\\.ya?ml$", ""),
            plan.network().parameterCount(),
            1e3 * timing.stepSeconds());
    XYSeries curve = new XYSeries(name);
    for (int executors = 1; executors <= MOST; executors += 1 + executors / 30) {
      curve.add(executors, one / forecast.of(cluster.of(executors)).epochSeconds());
    }
    System.out.printf(
        Locale.ROOT, "%s; more executors stop paying at %d%n", name, forecast.enough(cluster));
    return curve;
  }

  private static JFreeChart chart(XYSeriesCollection curves) {
    XYLineAndShapeRenderer renderer = new XYLineAndShapeRenderer(true, false);
    renderer.setDrawSeriesLineAsPath(true);
    int ideal = curves.getSeriesCount() - 1;
    for (int i = 0; i <= ideal; i++) {
      renderer.setSeriesPaint(i, i == ideal ? Color.GRAY : PAINTS.get(i % PAINTS.size()));
      renderer.setSeriesStroke(i, new BasicStroke(i == ideal ? 1 : 2.2f));
    }
    XYPlot plot = new XYPlot(curves, axis("executors"), axis("times as fast as one"), renderer);
    plot.setBackgroundPaint(Color.WHITE);
    plot.setOutlineVisible(false);
    plot.setRangeGridlinePaint(FAINT);
    plot.setDomainGridlinePaint(FAINT);
    JFreeChart chart =
        new JFreeChart(
            "An epoch on more executors, as convoy plan predicts it", font(17), plot, true);
    TextTitle under =
        new TextTitle(
            String.format(
                Locale.ROOT,
                "%d cores an executor, %.0f Gbit/s, a worker a core, %,d images, batch of the job",
                CORES,
                GBIT,
                EXAMPLES),
            font(13));
    under.setHorizontalAlignment(HorizontalAlignment.LEFT);
    under.setPaint(INK);
    chart.addSubtitle(under);
    chart.getTitle().setPaint(INK);
    chart.getTitle().setHorizontalAlignment(HorizontalAlignment.LEFT);
    chart.setPadding(new RectangleInsets(10, 12, 8, 16));
    chart.setBackgroundPaint(Color.WHITE);
    chart.getLegend().setItemFont(font(13));
    chart.getLegend().setFrame(BlockBorder.NONE);
    return chart;
  }

  private static LogAxis axis(String label) {
    LogAxis axis = new LogAxis(label);
    axis.setRange(1, MOST);
    axis.setStandardTickUnits(new NumberTickUnitSource(true));
    axis.setLabelFont(font(13));
    axis.setTickLabelFont(font(12));
    axis.setLabelPaint(INK);
    axis.setTickLabelPaint(INK);
    axis.setAxisLineVisible(false);
    return axis;
  }

  private static Font font(int size) {
    return new Font(Font.SANS_SERIF, Font.PLAIN, size);
  }
}
