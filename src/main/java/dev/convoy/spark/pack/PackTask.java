package dev.convoy.spark.pack;

import dev.convoy.data.PictureEntry;
import dev.convoy.spark.format.pack.PackShard;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * What goes into a shard, in its order.
 *
 * @param shard its number
 * @param expected what a whole pack says of it; absent while there is none
 * @param indexes of its pictures among all
 * @param pictures their paths and the names of their classes
 * @param lengths of their files, as they were when they were found
 */
record PackTask(
    int shard, @Nullable PackShard expected, int[] indexes, PictureEntry[] pictures, long[] lengths)
    implements Serializable {}
