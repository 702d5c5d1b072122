package dev.convoy.docs;

import java.lang.reflect.Type;

/**
 * A key of a record, as the job reader treats it.
 *
 * @param name of the key
 * @param type of its value
 * @param required whether the reader refuses a record without it
 * @param standard what it is where the key is absent, as YAML; {@code null} where it is required,
 *     and where it stays without a value
 * @param rule by which it follows from other keys where it is absent, in Markdown, or {@code null}
 */
record Key(String name, Type type, boolean required, String standard, String rule) {}
