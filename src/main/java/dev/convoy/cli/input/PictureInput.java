package dev.convoy.cli.input;

import dev.convoy.data.PictureNames;
import dev.convoy.run.WrongInputException;
import dev.convoy.spark.file.HadoopFiles;
import dev.convoy.spark.use.PicturePath;
import java.io.IOException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The pictures that the user names, each or by its folder, and where each result goes. */
public final class PictureInput {
  private final HadoopFiles files;
  private final String output;

  /** Each picture, by the path of its result below the output folder. */
  private final Map<String, PicturePath> pictures = new LinkedHashMap<>();

  /** The pictures' paths as the user wrote them, by the only way to write them. */
  private final Map<String, String> inputs = new HashMap<>();

  private boolean hasFolder;
  private int others;

  private PictureInput(HadoopFiles files, String output) {
    this.files = files;
    this.output = output.replaceFirst("(?<=[^/])/+$", "");
  }

  /**
   * Finds the pictures. A file's result goes to {@code output} under the file's own name, that of a
   * file below a folder to the same place below {@code output}.
   *
   * @param overwrite whether results may replace files; never a picture that is read
   */
  public static PictureInput find(
      HadoopFiles files, List<String> paths, String output, boolean overwrite) throws IOException {
    PictureInput input = new PictureInput(files, output);
    if (files.exists(output) && !files.isFolder(output)) {
      throw new WrongInputException(output + ": the output must be a folder, but is a file");
    }
    for (String path : paths) {
      if (files.isFolder(path)) {
        input.addFolder(path);
      } else if (files.exists(path)) {
        input.add(path, files.absolute(path), path.substring(path.lastIndexOf('/') + 1));
      } else {
        throw new WrongInputException(path + ": file not found");
      }
    }
    input.refuseReplacedInputs();
    if (!overwrite) {
      input.refuseOverwriting();
    }
    return input;
  }

  /** What is to be filtered, in the order of the command line, then of names. */
  public List<PicturePath> pictures() {
    return List.copyOf(pictures.values());
  }

  /** Whether there may be many pictures. */
  public boolean hasFolder() {
    return hasFolder;
  }

  /** How many files in folders are no pictures, by their names. */
  public int others() {
    return others;
  }

  private void addFolder(String folder) throws IOException {
    String absolute = slashed(files.absolute(folder));
    if (slashed(files.absolute(output)).startsWith(absolute)) {
      throw new WrongInputException(
          output + ": the output must not lie in " + folder + ", whose pictures are read");
    }
    hasFolder = true;
    List<String> all = files.filesBelow(folder);
    List<String> found = all.stream().filter(PictureNames::isPicture).toList();
    if (found.isEmpty()) {
      throw new WrongInputException(
          folder + ": must hold pictures (" + PictureNames.ENDS + "), but holds none");
    }
    others += all.size() - found.size();
    for (String file : found) {
      add(slashed(folder) + file, absolute + file, file);
    }
  }

  private void add(String path, String absolute, String name) {
    String result = PictureNames.withoutEnd(name) + ".png";
    PicturePath picture = new PicturePath(path, slashed(output) + result);
    PicturePath other = pictures.put(result, picture);
    if (other != null) {
      throw new WrongInputException(
          picture.output() + ": would be made of both " + other.input() + " and " + path);
    }
    inputs.put(absolute, path);
  }

  private void refuseReplacedInputs() throws IOException {
    String absolute = slashed(files.absolute(output));
    for (String result : pictures.keySet()) {
      String input = inputs.get(absolute + result);
      if (input != null) {
        throw new WrongInputException(
            input
                + ": is read, and would be replaced by what is made of "
                + pictures.get(result).input()
                + "; choose another output folder");
      }
    }
  }

  private void refuseOverwriting() throws IOException {
    Map<String, Set<String>> namesByFolder = new HashMap<>();
    for (PicturePath picture : pictures.values()) {
      int slash = picture.output().lastIndexOf('/');
      String folder = picture.output().substring(0, slash + 1);
      if (!namesByFolder.containsKey(folder)) {
        namesByFolder.put(folder, files.names(folder));
      }
      if (namesByFolder.get(folder).contains(picture.output().substring(slash + 1))) {
        throw new WrongInputException(
            picture.output() + ": must not be there yet, but is; --overwrite replaces it");
      }
    }
  }

  private static String slashed(String folder) {
    return folder.endsWith("/") ? folder : folder + "/";
  }
}
