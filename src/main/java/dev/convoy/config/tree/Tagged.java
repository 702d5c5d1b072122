package dev.convoy.config.tree;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a sealed interface of records whose kind a job writes beside their keys: {@code {format:
 * idx, images: ...}} in place of {@code {idx: {images: ...}}}.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface Tagged {
  /** The key that names the kind. */
  String value();
}
