package dev.convoy.spark.use;

import dev.convoy.data.RawExample;
import dev.convoy.image.DataException;
import dev.convoy.image.ImageBlock;
import dev.convoy.train.score.Evaluator;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * Predictions on pictures one after the other. Pictures are decoded until a batch is full, or there
 * are no more; a bad one is told in its place, and takes none in the batch.
 *
 * @param <K> what tells a picture from others
 */
public final class PicturePredictions<K> implements Iterator<PicturePredictions.Outcome<K>> {
  /** Pictures that are read ahead, should all be bad. */
  private static final int MOST_AHEAD = 4 * Evaluator.BATCH;

  private final ModelAtWork model;
  private final Iterator<Item<K>> items;
  private byte[] pixels;
  private final Queue<Outcome<K>> ready = new ArrayDeque<>();

  PicturePredictions(ModelAtWork model, Iterator<Item<K>> items) {
    this.model = model;
    this.items = items;
    this.pixels = new byte[model.input().size()];
  }

  /**
   * A picture to be predicted on.
   *
   * @param key goes along to the outcome; the picture itself need not be in it
   * @param example asked for its pixels once, and let go then; its label is not looked at
   */
  public record Item<K>(K key, RawExample example) {}

  /**
   * What came of a picture: values, or else a problem.
   *
   * @param key of the picture
   * @param values one an output, probabilities where the model's loss makes them; absent if the
   *     picture is bad
   * @param problem a line that says what is wrong with the picture; absent if nothing is
   */
  public record Outcome<K>(K key, float @Nullable [] values, @Nullable String problem) {}

  /** What was read of a picture: its place in the batch, or else a problem. */
  private record Read<K>(K key, int place, @Nullable String problem) {}

  @Override
  public boolean hasNext() {
    return !ready.isEmpty() || items.hasNext();
  }

  @Override
  public Outcome<K> next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    if (ready.isEmpty()) {
      predictBatch();
    }
    return ready.remove();
  }

  private void predictBatch() {
    Queue<Read<K>> ahead = new ArrayDeque<>();
    int good = 0;
    while (good < Evaluator.BATCH && ahead.size() < MOST_AHEAD && items.hasNext()) {
      Item<K> item = items.next();
      String problem = read(item.example(), good);
      ahead.add(new Read<>(item.key(), good, problem));
      good += problem == null ? 1 : 0;
    }
    float[][] values = good == 0 ? new float[0][] : model.predictions(block(good));
    for (Read<K> read : ahead) {
      ready.add(
          new Outcome<>(
              read.key(), read.problem() == null ? values[read.place()] : null, read.problem()));
    }
  }

  /** Puts a picture into the batch; returns what is wrong with it, if anything is. */
  private @Nullable String read(RawExample example, int place) {
    int size = model.input().size();
    try {
      byte[] picture = example.pixels();
      if (picture.length != size) {
        return example.name()
            + ": must have "
            + size
            + " pixel values, as the network takes "
            + model.input()
            + ", but has "
            + picture.length;
      }
      makeRoom(place + 1);
      System.arraycopy(picture, 0, pixels, place * size, size);
      return null;
    } catch (DataException e) {
      return e.getMessage();
    }
  }

  /** Makes room for so many pictures: twice as much as before, at most for a whole batch. */
  private void makeRoom(int pictures) {
    int size = model.input().size();
    if (pixels.length / size < pictures) {
      int room = Math.min(Evaluator.BATCH, 2 * (pictures - 1));
      pixels = Arrays.copyOf(pixels, Math.multiplyExact(room, size));
    }
  }

  private ImageBlock block(int images) {
    int[] labels = new int[images];
    Arrays.fill(labels, ImageBlock.NO_LABEL);
    return new ImageBlock(model.input(), new int[images], labels, pixels);
  }
}
