package dev.convoy.pipeline;

import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import scala.Console;
import scala.jdk.javaapi.CollectionConverters;
import scala.tools.nsc.Global;
import scala.tools.nsc.Settings;
import scala.tools.nsc.reporters.ConsoleReporter;

/** Compiles Scala by the compiler that belongs to Spark's library of the class path. */
final class ScalaCompiler {
  private ScalaCompiler() {}

  /**
   * Compiles a file against the class path of the tests.
   *
   * @param file in Scala
   * @param folder that takes the classes
   * @return what loads them
   */
  static URLClassLoader compile(Path file, Path folder) throws IOException {
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    boolean failed = Console.withOut(said, () -> fails(file, folder));
    assertFalse(failed, () -> said.toString(StandardCharsets.UTF_8));
    URL[] classes = {folder.toUri().toURL()};
    return new URLClassLoader(classes, ScalaCompiler.class.getClassLoader());
  }

  private static boolean fails(Path file, Path folder) {
    Settings settings = new Settings();
    settings.classpath().value_$eq(System.getProperty("java.class.path"));
    settings.outputDirs().setSingleOutput(folder.toString());
    Global compiler = new Global(settings, new ConsoleReporter(settings));
    compiler.new Run().compile(CollectionConverters.asScala(List.of(file.toString())).toList());
    return compiler.reporter().hasErrors();
  }
}
