package dev.convoy.docs;

import com.sun.source.doctree.DocCommentTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePathScanner;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** The doc comments of a source tree, read by the compiler's own parser. */
final class Javadocs {
  private final Map<String, DocCommentTree> comments = new TreeMap<>();

  private final UnaryOperator<String> reference;

  private Javadocs(UnaryOperator<String> reference) {
    this.reference = reference;
  }

  /**
   * All comments of types and their fields below a folder.
   *
   * @param reference the Markdown of a link's target, as in {@code Conv2d} or {@code size()}
   */
  static Javadocs below(Path root, UnaryOperator<String> reference) throws IOException {
    List<Path> files;
    try (Stream<Path> all = Files.walk(root)) {
      files = all.filter(file -> file.toString().endsWith(".java")).sorted().toList();
    }
    Javadocs docs = new Javadocs(reference);
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    try (StandardJavaFileManager manager =
        compiler.getStandardFileManager(null, null, StandardCharsets.UTF_8)) {
      JavacTask task =
          (JavacTask)
              compiler.getTask(
                  null,
                  manager,
                  null,
                  List.of("-proc:none"),
                  null,
                  manager.getJavaFileObjectsFromPaths(files));
      DocTrees trees = DocTrees.instance(task);
      for (CompilationUnitTree unit : task.parse()) {
        docs.new Collector(trees, unit.getPackageName().toString()).scan(unit, null);
      }
    }
    return docs;
  }

  /** Walks one file. The third type parameter is of no use here. */
  private final class Collector extends TreePathScanner<Void, Void> {
    private final DocTrees trees;
    private String owner;

    Collector(DocTrees trees, String packageName) {
      this.trees = trees;
      owner = packageName;
    }

    @Override
    public Void visitClass(ClassTree type, Void unused) {
      String outer = owner;
      owner = outer + "." + type.getSimpleName();
      keep(owner);
      super.visitClass(type, unused);
      owner = outer;
      return null;
    }

    @Override
    public Void visitVariable(VariableTree variable, Void unused) {
      Tree parent = getCurrentPath().getParentPath().getLeaf();
      if (parent instanceof ClassTree) {
        keep(owner + "." + variable.getName());
      }
      return super.visitVariable(variable, unused);
    }

    private void keep(String name) {
      DocCommentTree comment = trees.getDocCommentTree(getCurrentPath());
      if (comment != null) {
        comments.put(name, comment);
      }
    }
  }

  /** What the comment of a type says. */
  Javadoc of(Class<?> type) {
    return of(type.getCanonicalName());
  }

  /** What the comment of an enum's constant says. */
  Javadoc of(Enum<?> constant) {
    return of(constant.getDeclaringClass().getCanonicalName() + "." + constant.name());
  }

  private Javadoc of(String name) {
    DocCommentTree comment = comments.get(name);
    if (comment == null) {
      throw new IllegalArgumentException(name + " has no Javadoc");
    }
    try {
      return Javadoc.of(comment, reference);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("The Javadoc of " + name + " " + e.getMessage(), e);
    }
  }
}
