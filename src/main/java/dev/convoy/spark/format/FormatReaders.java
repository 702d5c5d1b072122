package dev.convoy.spark.format;

import dev.convoy.config.data.Cifar10;
import dev.convoy.config.data.Cifar100;
import dev.convoy.config.data.DataSource;
import dev.convoy.config.data.Images;
import dev.convoy.config.data.Sequencefile;
import dev.convoy.config.data.Table;
import dev.convoy.config.tree.Names;
import dev.convoy.spark.file.HadoopFiles;
import dev.convoy.tensor.Check;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandleProxies;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * The table from each kind of data source to what finds its files.
 *
 * <p>A source {@code Xyz} is read by the class {@code XyzFiles} of this package, by its method
 * {@code static FoundImages find(HadoopFiles, Xyz, boolean labelled)}; those whose reader has
 * another name have a line in {@link #exceptions}. Each source that {@link DataSource} permits has
 * its entry from the start: one without a reader is an error when the first data are looked for,
 * whatever their format.
 */
final class FormatReaders {
  private static final Map<Class<?>, FoundImages.Finder<DataSource>> TABLE = table();

  private FormatReaders() {}

  /** Returns what finds the files of sources of this kind. */
  static FoundImages.Finder<DataSource> of(Class<? extends DataSource> kind) {
    return Check.present(TABLE.get(kind), "The reader of " + kind.getSimpleName());
  }

  /** Returns the kinds of sources that have an entry. */
  static Set<Class<?>> kinds() {
    return TABLE.keySet();
  }

  private static Map<Class<?>, FoundImages.Finder<DataSource>> exceptions() {
    return Map.of(
        Cifar10.class, line(Cifar10.class, CifarFiles::find),
        Cifar100.class, line(Cifar100.class, CifarFiles::find),
        Images.class, line(Images.class, PictureFiles::find),
        Sequencefile.class, line(Sequencefile.class, SequenceFiles::find),
        Table.class, opener(Table.class, "table.TableRows"));
  }

  private static <S extends DataSource> FoundImages.Finder<DataSource> line(
      Class<S> kind, FoundImages.FileFinder<S> finder) {
    return (access, source, labelled) -> finder.find(access.files(), kind.cast(source), labelled);
  }

  private static Map<Class<?>, FoundImages.Finder<DataSource>> table() {
    Map<Class<?>, FoundImages.Finder<DataSource>> table = new HashMap<>(exceptions());
    for (Class<?> kind : Names.kinds(DataSource.class).values()) {
      table.computeIfAbsent(kind, FormatReaders::named);
    }
    return Map.copyOf(table);
  }

  /**
   * Returns what opens sources that need Spark to be found, in a room of their own.
   *
   * @param name of the class, from this package on
   */
  @SuppressWarnings("unchecked") // An interface without its parameter is all that a class can say.
  private static FoundImages.Finder<DataSource> opener(Class<?> kind, String name) {
    try {
      return MethodHandleProxies.asInterfaceInstance(
          FoundImages.Finder.class, find(name, DataAccess.class, kind));
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("The reader of " + kind.getSimpleName() + " is missing", e);
    }
  }

  private static MethodHandle find(String name, Class<?> from, Class<?> kind)
      throws ReflectiveOperationException {
    return MethodHandles.lookup()
        .findStatic(
            Class.forName(FormatReaders.class.getPackageName() + "." + name),
            "find",
            MethodType.methodType(FoundImages.class, from, kind, boolean.class));
  }

  /** Returns the reader that is named as its kind of source. */
  @SuppressWarnings("unchecked") // An interface without its parameter is all that a class can say.
  static FoundImages.Finder<DataSource> named(Class<?> kind) {
    String name = kind.getSimpleName() + "Files";
    try {
      FoundImages.FileFinder<DataSource> finder =
          MethodHandleProxies.asInterfaceInstance(
              FoundImages.FileFinder.class, find(name, HadoopFiles.class, kind));
      return (access, source, labelled) -> finder.find(access.files(), source, labelled);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(
          "Every data source must have a reader, but "
              + kind.getSimpleName()
              + " has neither a class "
              + FormatReaders.class.getPackageName()
              + "."
              + name
              + " with a method find(HadoopFiles, "
              + kind.getSimpleName()
              + ", boolean) that returns FoundImages, nor a line in FormatReaders.exceptions",
          e);
    }
  }
}
