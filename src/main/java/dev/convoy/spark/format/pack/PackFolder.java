package dev.convoy.spark.format.pack;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.convoy.config.binding.Binder;
import dev.convoy.config.binding.TreeText;
import dev.convoy.config.binding.TreeWriter;
import dev.convoy.config.tree.ConfigException;
import dev.convoy.config.tree.Tree;
import dev.convoy.config.tree.Tree.Mapping;
import dev.convoy.config.tree.TreeReader;
import dev.convoy.image.DataException;
import dev.convoy.model.FileSaver;
import dev.convoy.spark.file.FileSum;
import dev.convoy.spark.file.HadoopFiles;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The files of a pack. While it is made there are its plan, and beside each shard that is whole a
 * report; when all are, {@code pack.json} takes the place of these.
 */
public final class PackFolder implements Serializable {
  /** The name of the file that says what the pack holds. */
  public static final String MANIFEST = "pack.json";

  public static final int FORMAT_VERSION = 2;

  /** That of packs whose manifest has no checksum of its own. */
  private static final int WITHOUT_SUM = 1;

  private static final long serialVersionUID = 1;
  private static final String PLAN = "_plan.json";
  private static final Pattern PART =
      Pattern.compile("_shard-\\d{5,}\\.json|shard-\\d{5,}\\.parquet");

  /** What a process that was killed leaves of a file that it was writing. */
  private static final Pattern LEFTOVER =
      Pattern.compile(
          "\\.(_?shard-\\d{5,}\\.(json|parquet)|pack\\.json|_plan\\.json)(\\.\\w+)?\\.part");

  /** A manifest of a million shards is shorter. */
  private static final int MAX_BYTES = 1 << 28;

  private final HadoopFiles files;
  private final String path;

  /** The folder of this path. */
  public PackFolder(HadoopFiles files, String path) {
    this.files = files;
    this.path =
        path.endsWith("/") && path.length() > 1 ? path.substring(0, path.length() - 1) : path;
  }

  /** Tells whether a pack is there, and whole. */
  public boolean isPack() throws IOException {
    return files.exists(in(MANIFEST));
  }

  /** Whether a pack is there that is not whole yet. */
  public boolean isBegun() throws IOException {
    return files.exists(in(PLAN));
  }

  /** Returns what the pack is called. */
  public String path() {
    return path;
  }

  /** Returns the path of a file in it. */
  public String in(String name) {
    return path + "/" + name;
  }

  /**
   * Returns what the pack says that it holds.
   *
   * @throws DataException if there is none, or it is damaged
   */
  public PackManifest manifest() throws IOException {
    if (!files.isFolder(path)) {
      String found = files.exists(path) ? "is a file" : "is not there";
      throw new DataException(path + ": must be the folder of a pack, but " + found);
    } else if (!isPack()) {
      boolean begun = isBegun();
      throw new DataException(
          path
              + ": must be the folder of a pack, with "
              + MANIFEST
              + " in it, but has none"
              + (begun ? ": the pack is not whole; the same command goes on with it" : ""));
    }
    PackManifest manifest = read(MANIFEST, PackManifest.class);
    String expected = manifest.formatVersion() == WITHOUT_SUM ? null : manifest.contentSum();
    if (!Objects.equals(manifest.sha256(), expected)) {
      throw new DataException(
          in(MANIFEST)
              + ": sha256 must be "
              + (expected == null ? "absent in format 1" : "that of the other keys, " + expected)
              + ", but is "
              + manifest.sha256()
              + ": it was changed or damaged; convoy pack --overwrite makes the pack anew");
    }
    return manifest;
  }

  public void writeManifest(PackManifest manifest) throws IOException {
    write(MANIFEST, manifest);
    for (int shard = 0; shard < manifest.shards().size(); shard++) {
      files.remove(in(reportName(shard)));
    }
    files.remove(in(PLAN));
    removeLeftovers();
  }

  private void removeLeftovers() throws IOException {
    for (String name : files.names(path)) {
      if (LEFTOVER.matcher(name).matches()) {
        files.remove(in(name));
      }
    }
  }

  /**
   * Takes the folder for a pack by this plan.
   *
   * @param replaces whether another pack that lies there goes
   * @return the pack that is there already, and may have to be mended; absent if none is
   * @throws DataException if anything else lies there
   */
  public @Nullable PackManifest claim(PackPlan plan, boolean replaces) throws IOException {
    if (files.exists(path) && !files.isFolder(path)) {
      throw new DataException(path + ": the output must be a folder, but is a file");
    }
    for (String name : files.names(path)) {
      boolean isOfPack = name.equals(MANIFEST) || name.equals(PLAN);
      isOfPack |= PART.matcher(name).matches() || LEFTOVER.matcher(name).matches();
      if (!isOfPack) {
        throw new DataException(
            path + ": the output must hold nothing but a pack, but holds " + name);
      }
    }
    removeLeftovers();
    boolean isOurs = isPack() || isBegun();
    if (replaces && isOurs) {
      // The manifest first: what is left is no pack.
      files.remove(in(MANIFEST));
      for (String name : files.names(path)) {
        files.remove(in(name));
      }
    }
    PackManifest whole = isPack() ? manifest() : null;
    PackPlan before = null;
    if (whole != null) {
      before = whole.plan();
    } else if (isBegun()) {
      before = read(PLAN, PackPlan.class);
    } else if (!files.names(path).isEmpty()) {
      throw new DataException(
          path + ": the output must hold nothing but a pack, but holds shards of none");
    }
    if (before != null && !before.equals(plan)) {
      throw new DataException(
          path
              + ": the output must hold no other pack, but holds one that differs: "
              + String.join("; ", before.changes(plan))
              + "; --overwrite replaces it");
    }
    files.makeFolder(path);
    if (before == null) {
      write(PLAN, plan);
    }
    return whole;
  }

  /** Returns what is known of a shard that is whole; absent if it is not, or not by this plan. */
  public @Nullable PackShardReport wholeShard(PackPlan plan, int shard) throws IOException {
    String name = reportName(shard);
    if (!files.exists(in(name))) {
      return null;
    }
    PackShardReport report;
    try {
      report = read(name, PackShardReport.class);
    } catch (DataException e) {
      return null; // it is made anew
    }
    return report.plan().equals(plan) && isWhole(report.shard()) ? report : null;
  }

  /** Tells whether a shard is there, as it was made. */
  public boolean isWhole(PackShard shard) throws IOException {
    String file = in(shard.name());
    return files.exists(file)
        && files.length(file) == shard.bytes()
        && FileSum.of(files, file).equals(shard.sha256());
  }

  public void writeReport(int shard, PackShardReport report) throws IOException {
    files.save(in(reportName(shard)), content(report));
  }

  private static String reportName(int shard) {
    return PackShard.name(shard).replaceFirst("(.*)\\.parquet", "_$1.json");
  }

  private void write(String name, Object value) throws IOException {
    files.save(in(name), content(value));
  }

  private static FileSaver.Content content(Object value) {
    byte[] json = TreeText.json(TreeWriter.write(value)).getBytes(UTF_8);
    return out -> out.write(json);
  }

  private <T> T read(String name, Class<T> type) throws IOException {
    byte[] bytes;
    try (InputStream in = files.open(in(name))) {
      bytes = in.readNBytes(MAX_BYTES + 1);
    }
    if (bytes.length > MAX_BYTES) {
      throw new DataException(
          in(name) + ": must have at most " + MAX_BYTES + " bytes, but has more");
    }
    try {
      Mapping tree = TreeReader.read(new String(bytes, UTF_8), in(name));
      if (type == PackManifest.class) {
        checkVersion(tree);
      }
      return Binder.bind(tree, type);
    } catch (ConfigException e) {
      throw new DataException(e.getMessage(), e);
    }
  }

  private void checkVersion(Mapping tree) {
    Tree version = tree.entries().get("formatVersion");
    if (version == null) {
      throw new DataException(in(MANIFEST) + ": must describe a pack, but has no formatVersion");
    }
    int found = Binder.bind(version, Integer.class);
    if (found != FORMAT_VERSION && found != WITHOUT_SUM) {
      throw new DataException(
          in(MANIFEST)
              + ": formatVersion must be "
              + WITHOUT_SUM
              + " or "
              + FORMAT_VERSION
              + ", but is "
              + found);
    }
  }

  /** Returns the paths of the shards. */
  public List<String> shards(PackManifest manifest) {
    return manifest.shards().stream().map(shard -> in(shard.name())).toList();
  }
}
