package dev.convoy.cli.console;

import dev.convoy.image.Picture;
import dev.convoy.report.PictureSheet;
import dev.convoy.run.WrongInputException;
import dev.convoy.spark.file.HadoopFiles;
import dev.convoy.spark.format.pack.PackFolder;
import dev.convoy.spark.format.pack.PackManifest;
import dev.convoy.spark.pack.PackSamples;
import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Shows what a pack holds.
 *
 * @param files by which its shards are read
 * @param pack that is shown
 * @param sheet where some pictures of it go; nowhere where it is absent
 */
public record PackInspection(HadoopFiles files, PackFolder pack, @Nullable String sheet) {
  /** Classes that have a row on the sheet. */
  private static final int MOST_ROWS = 40;

  /** Pictures of a class. */
  private static final int COLUMNS = 10;

  public void print(PrintStream out) throws IOException {
    PackManifest manifest = pack.manifest();
    if (sheet != null && files.exists(sheet)) {
      throw new WrongInputException(sheet + ": the output must not be there yet, but is");
    }
    out.println("Pack " + pack.path());
    PackReport.lines(manifest).forEach(out::println);
    if (sheet == null) {
      return;
    }
    int classes = Math.min(MOST_ROWS, manifest.classes().size());
    List<List<Picture>> rows = PackSamples.read(files, pack, manifest, classes, COLUMNS);
    files.save(sheet, PictureSheet.of(rows, PictureSheet.READABLE, false)::writePng);
    out.println(
        "Sheet:     "
            + sheet
            + ", its rows from the top: "
            + String.join(", ", manifest.classes().subList(0, classes)));
  }
}
