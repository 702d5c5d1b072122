package dev.convoy.data;

import dev.convoy.image.DataException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/**
 * A folder with a folder for each class, in which its pictures lie at any depth. Names that differ
 * only in whether letters and accents are put together are one, and sorted as put together: so the
 * same folders give the same classes and order on every system.
 *
 * @param classes names of the folders, sorted; those without a picture as well
 * @param pictures sorted by their paths
 * @param others how many files were passed over: they are no pictures by their names, or lie in no
 *     class's folder
 */
public record ClassFolders(List<String> classes, List<PictureEntry> pictures, int others) {
  /**
   * Finds classes and pictures.
   *
   * @param folder for errors
   * @param files all below the folder, sorted, as paths that lead on from it
   * @param folders the names of the folders in it
   * @throws DataException if there is no class, or no picture of any
   */
  public static ClassFolders of(String folder, List<String> files, Collection<String> folders) {
    List<String> classes = folders.stream().map(ClassLabels::composed).distinct().sorted().toList();
    if (classes.isEmpty()) {
      throw new DataException(
          folder
              + ": must hold a folder for each class, but holds "
              + (files.isEmpty() ? "nothing" : files.size() + " files and no folder"));
    }
    List<PictureEntry> pictures = new ArrayList<>();
    for (String file : files) {
      int slash = file.indexOf('/');
      if (slash > 0 && PictureNames.isPicture(file)) {
        pictures.add(new PictureEntry(file, ClassLabels.composed(file.substring(0, slash))));
      }
    }
    if (pictures.isEmpty()) {
      throw new DataException(
          folder
              + ": must hold pictures ("
              + PictureNames.ENDS
              + ") in its folders "
              + OneLine.of(String.join(", ", classes))
              + ", but holds none");
    }
    pictures.sort(Comparator.comparing(picture -> ClassLabels.composed(picture.path())));
    return new ClassFolders(classes, pictures, files.size() - pictures.size());
  }
}
