package dev.convoy.benchmark;

import dev.convoy.report.Numbers;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Dimension;
import java.awt.Font;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.CategoryAxis;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.axis.NumberTickUnit;
import org.jfree.chart.block.BlockBorder;
import org.jfree.chart.labels.CategoryItemLabelGenerator;
import org.jfree.chart.labels.ItemLabelAnchor;
import org.jfree.chart.labels.ItemLabelPosition;
import org.jfree.chart.plot.CategoryPlot;
import org.jfree.chart.plot.CombinedDomainCategoryPlot;
import org.jfree.chart.renderer.category.BarRenderer;
import org.jfree.chart.renderer.category.StandardBarPainter;
import org.jfree.chart.title.TextTitle;
import org.jfree.chart.ui.HorizontalAlignment;
import org.jfree.chart.ui.RectangleEdge;
import org.jfree.chart.ui.RectangleInsets;
import org.jfree.chart.ui.TextAnchor;
import org.jfree.data.category.CategoryDataset;
import org.jfree.data.category.DefaultCategoryDataset;

/**
 * Draws what the engines did: for each network Convoy beside PyTorch in its faster layout, as high
 * as it is fast in terms of PyTorch, with the images a second above.
 */
final class EnginesPlot {
  private static final Dimension SIZE = new Dimension(860, 560);
  private static final String FONT = Font.SANS_SERIF;
  private static final Color INK = new Color(0x212529);
  private static final Color FAINT = new Color(0xdee2e6);
  private static final Color CONVOY = new Color(0x0b7285);
  private static final Color PYTORCH = new Color(0xadb5bd);

  /** Above the highest bar, for its label. */
  private static final double HEADROOM = 0.25;

  private EnginesPlot() {}

  /** Writes a picture as SVG. */
  static void write(EnginesReport report, Path file) throws IOException {
    SvgChart.write(chart(report), SIZE, file);
  }

  private static JFreeChart chart(EnginesReport report) {
    CategoryAxis networks = new CategoryAxis();
    networks.setTickLabelFont(font(Font.BOLD, 13));
    networks.setTickLabelPaint(INK);
    networks.setAxisLineVisible(false);
    networks.setTickMarksVisible(false);
    networks.setCategoryMargin(0.28);
    CombinedDomainCategoryPlot both = new CombinedDomainCategoryPlot(networks);
    both.setGap(14);
    for (Mode mode : Mode.values()) {
      both.add(plot(report.networks(), mode));
    }
    JFreeChart chart =
        new JFreeChart(
            "Images a second, Convoy and PyTorch, one thread", font(Font.BOLD, 17), both, true);
    chart.addSubtitle(subtitle(report));
    chart.getTitle().setPaint(INK);
    chart.getTitle().setHorizontalAlignment(HorizontalAlignment.LEFT);
    chart.setPadding(new RectangleInsets(10, 12, 8, 16));
    chart.setBackgroundPaint(Color.WHITE);
    chart.getLegend().setItemFont(font(Font.PLAIN, 13));
    chart.getLegend().setItemPaint(INK);
    chart.getLegend().setPosition(RectangleEdge.BOTTOM);
    chart.getLegend().setFrame(BlockBorder.NONE);
    return chart;
  }

  private static TextTitle subtitle(EnginesReport report) {
    String version = report.networks().get(0).engines().get(1).runsOn();
    TextTitle title =
        new TextTitle(
            report.machine().cpu()
                + ", batch "
                + report.batch()
                + ", PyTorch "
                + version
                + " in its faster memory format; heights: PyTorch = 1",
            font(Font.PLAIN, 13));
    title.setPaint(INK);
    title.setHorizontalAlignment(HorizontalAlignment.LEFT);
    return title;
  }

  private static CategoryPlot plot(List<NetworkFigures> networks, Mode mode) {
    DefaultCategoryDataset heights = new DefaultCategoryDataset();
    double highest = 1;
    for (NetworkFigures figures : networks) {
      heights.addValue(figures.ratio(mode), "Convoy", figures.network());
      heights.addValue(1, "PyTorch", figures.network());
      highest = Math.max(highest, figures.ratio(mode));
    }
    NumberAxis axis = new NumberAxis(mode.toString());
    axis.setRange(0, highest * (1 + HEADROOM));
    axis.setLabelFont(font(Font.BOLD, 13));
    axis.setLabelPaint(INK);
    axis.setTickUnit(new NumberTickUnit(1));
    // Upright: text at an angle comes out as outlines, in another face.
    axis.setLabelAngle(Math.PI / 2);
    axis.setTickLabelFont(font(Font.PLAIN, 12));
    axis.setTickLabelPaint(INK);
    axis.setAxisLineVisible(false);
    axis.setTickMarksVisible(false);
    CategoryPlot plot = new CategoryPlot(heights, null, axis, renderer(networks, mode));
    plot.setBackgroundPaint(Color.WHITE);
    plot.setOutlineVisible(false);
    plot.setRangeGridlinePaint(FAINT);
    plot.setRangeGridlineStroke(new BasicStroke(1));
    return plot;
  }

  private static BarRenderer renderer(List<NetworkFigures> networks, Mode mode) {
    BarRenderer renderer = new BarRenderer();
    renderer.setBarPainter(new StandardBarPainter());
    renderer.setShadowVisible(false);
    renderer.setItemMargin(0.04);
    renderer.setSeriesPaint(0, CONVOY);
    renderer.setSeriesPaint(1, PYTORCH);
    renderer.setDefaultItemLabelGenerator(new Rates(networks, mode));
    renderer.setDefaultItemLabelsVisible(true);
    renderer.setDefaultItemLabelFont(font(Font.PLAIN, 12));
    renderer.setDefaultItemLabelPaint(INK);
    renderer.setDefaultPositiveItemLabelPosition(
        new ItemLabelPosition(ItemLabelAnchor.OUTSIDE12, TextAnchor.BOTTOM_CENTER));
    // One legend for both plots.
    renderer.setDefaultSeriesVisibleInLegend(mode == Mode.TRAIN);
    return renderer;
  }

  private static Font font(int style, int size) {
    return new Font(FONT, style, size);
  }

  /** Writes the images a second on the bars. */
  private record Rates(List<NetworkFigures> networks, Mode mode)
      implements CategoryItemLabelGenerator {
    @Override
    public String generateLabel(CategoryDataset heights, int row, int column) {
      NetworkFigures figures = networks.get(column);
      EngineFigures engine = row == 0 ? figures.convoy() : figures.pytorch(mode);
      return Numbers.rate(engine.of(mode).median());
    }

    @Override
    public String generateRowLabel(CategoryDataset heights, int row) {
      return String.valueOf(heights.getRowKey(row));
    }

    @Override
    public String generateColumnLabel(CategoryDataset heights, int column) {
      return String.valueOf(heights.getColumnKey(column));
    }
  }
}
