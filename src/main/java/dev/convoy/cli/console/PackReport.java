package dev.convoy.cli.console;

import dev.convoy.report.Numbers;
import dev.convoy.report.TextTable;
import dev.convoy.spark.format.pack.PackManifest;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What a pack holds, as lines. */
public final class PackReport {
  private static final double MEBIBYTE = 1 << 20;

  /** Classes that are listed one by one. */
  private static final int LISTED = 30;

  private PackReport() {}

  public static List<String> lines(PackManifest manifest) {
    List<String> lines = new ArrayList<>();
    lines.add("");
    TextTable table = new TextTable("<class", "pictures");
    int classes = manifest.classes().size();
    for (int c = 0; c < Math.min(classes, LISTED); c++) {
      table.row(manifest.classes().get(c), Numbers.count(manifest.counts().get(c)));
    }
    if (classes > LISTED) {
      table.row("... " + (classes - LISTED) + " more", "");
    }
    table.row("all " + classes, Numbers.count(manifest.records()));
    lines.addAll(table.lines());
    lines.add("");
    lines.add(
        String.format(
            Locale.ROOT,
            "Files:     %,d with %,.1f MiB in all",
            manifest.shards().size(),
            manifest.bytes() / MEBIBYTE));
    lines.add(
        "Pictures:  "
            + (manifest.plan().shape() == null
                ? "as they were"
                : "pixels " + manifest.plan().shape()));
    if (!manifest.gaps().isEmpty()) {
      lines.add("Left out:  " + Numbers.count(manifest.gaps().size()) + " that could not be read");
    }
    lines.add("Mean:      " + figures(manifest.mean()) + " of pixel/255, by channel");
    lines.add("Deviation: " + figures(manifest.deviation()));
    return lines;
  }

  private static String figures(float[] values) {
    List<String> shown = new ArrayList<>();
    for (float value : values) {
      shown.add(String.format(Locale.ROOT, "%.4f", value));
    }
    return String.join(", ", shown);
  }
}
