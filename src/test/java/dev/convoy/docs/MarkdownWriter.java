package dev.convoy.docs;

import com.sun.source.doctree.DocTree;
import com.sun.source.doctree.EndElementTree;
import com.sun.source.doctree.EntityTree;
import com.sun.source.doctree.LinkTree;
import com.sun.source.doctree.LiteralTree;
import com.sun.source.doctree.StartElementTree;
import com.sun.source.doctree.TextTree;
import com.sun.source.util.SimpleDocTreeVisitor;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Writes what doc comments are made of as Markdown: code and links as code, lists as lists. Other
 * markup is refused, so that none is lost on the way.
 */
final class MarkdownWriter extends SimpleDocTreeVisitor<Void, StringBuilder> {
  private final UnaryOperator<String> reference;

  /** Writes a link to what {@code reference} makes of its target. */
  MarkdownWriter(UnaryOperator<String> reference) {
    this.reference = reference;
  }

  /** The text of these pieces, on one line but for lists. */
  String write(List<? extends DocTree> pieces) {
    StringBuilder out = new StringBuilder();
    visit(pieces, out);
    return out.toString().replaceAll(" *\n *", "\n").strip();
  }

  @Override
  public Void visitText(TextTree text, StringBuilder out) {
    out.append(oneLine(text.getBody()).replaceAll("([*_<\\\\])", "\\\\$1"));
    return null;
  }

  @Override
  public Void visitLiteral(LiteralTree literal, StringBuilder out) {
    if (literal.getKind() == DocTree.Kind.LITERAL) {
      return visitText(literal.getBody(), out);
    }
    out.append(Page.code(oneLine(literal.getBody().getBody()).strip()));
    return null;
  }

  @Override
  public Void visitLink(LinkTree link, StringBuilder out) {
    if (!link.getLabel().isEmpty()) {
      return visit(link.getLabel(), out);
    }
    String signature = link.getReference().getSignature();
    out.append(reference.apply(signature.startsWith("#") ? signature.substring(1) : signature));
    return null;
  }

  @Override
  public Void visitEntity(EntityTree entity, StringBuilder out) {
    out.append('&').append(entity.getName()).append(';');
    return null;
  }

  @Override
  public Void visitStartElement(StartElementTree start, StringBuilder out) {
    switch (start.getName().toString()) {
      case "ul" -> out.append('\n');
      case "li" -> out.append("\n- ");
      case "em", "i" -> out.append('*');
      case "sub", "sup" -> out.append('<').append(start.getName()).append('>');
      default -> throw unknown(start);
    }
    return null;
  }

  @Override
  public Void visitEndElement(EndElementTree end, StringBuilder out) {
    switch (end.getName().toString()) {
      case "ul" -> out.append("\n\n");
      case "em", "i" -> out.append('*');
      case "sub", "sup" -> out.append("</").append(end.getName()).append('>');
      default -> {} // Markdown needs no end of an item or of a paragraph
    }
    return null;
  }

  @Override
  protected Void defaultAction(DocTree tree, StringBuilder out) {
    throw unknown(tree);
  }

  private static IllegalArgumentException unknown(DocTree tree) {
    return new IllegalArgumentException("has markup with no form in Markdown yet: " + tree);
  }

  private static String oneLine(String text) {
    return text.replaceAll("\\s+", " ");
  }
}
