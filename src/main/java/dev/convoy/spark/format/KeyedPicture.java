package dev.convoy.spark.format;

import dev.convoy.data.RawExample;
import org.apache.spark.sql.Row;

/**
 * A picture in a task, with the values of the columns that tell it from others. It stays in its
 * task: neither a shuffle nor a cache could write it.
 *
 * @param key values of the columns that are kept, in their order
 * @param example that may yet turn out bad
 */
public record KeyedPicture(Row key, RawExample example) {}
