package dev.convoy.tensor;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a component of a record whose constructor takes null for an absent value and puts the
 * default in its place: the argument may be null, the component never is.
 *
 * <p>It sits on the constructor's parameter alone, where {@code @Nullable} on a component would
 * mark the field and the accessor, too. NullAway is told to read it as {@code @Nullable}.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.PARAMETER)
public @interface Defaulted {}
