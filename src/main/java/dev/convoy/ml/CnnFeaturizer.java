package dev.convoy.ml;

import dev.convoy.api.Internal;
import dev.convoy.api.PublicApi;
import dev.convoy.loss.MeanSquaredError;
import dev.convoy.loss.Task;
import dev.convoy.model.Model;
import dev.convoy.nn.NetworkTrunk;
import dev.convoy.tensor.Check;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.apache.spark.ml.Transformer;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.ml.util.MLWritable;
import org.apache.spark.ml.util.MLWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/**
 * Makes vectors of pictures: what an inner layer of a trained network gives for them, for searches
 * of similar pictures, or for another classifier to learn from.
 */
@PublicApi
public final class CnnFeaturizer extends Transformer
    implements InvalidRows<CnnFeaturizer>, InputShape<CnnFeaturizer>, MLWritable {
  private static final long serialVersionUID = 1;

  private final String uid;
  private final Param<String> inputCol;
  private final Param<String> outputCol;
  private final Param<String> layer;
  private final Param<String> handleInvalid;
  private final Param<String> inputShape;

  /** The whole network; absent while Spark makes an empty stage, to be filled. */
  private transient @Nullable Model model;

  /** Up to the layer that was asked for last; absent before. */
  private transient @Nullable Inference trunk;

  private transient @Nullable String trunkLayer;

  /** Creates a stage without a network, for Spark, which then reads one. */
  @Internal
  public CnnFeaturizer() {
    this(Uid.random("cnnFeaturizer"));
  }

  /** Creates one of this unique name, for Spark. */
  @Internal
  public CnnFeaturizer(String uid) {
    this(Uid.parked(uid));
  }

  private CnnFeaturizer(Uid parked) {
    uid = parked.taken();
    inputCol = new Param<>(this, "inputCol", "column of pictures");
    outputCol = new Param<>(this, "outputCol", "column of vectors that is added");
    layer =
        new Param<>(
            this,
            "layer",
            "name of the layer whose outputs are wanted; the last but one by default");
    handleInvalid = InvalidRows.param(this);
    inputShape = InputShape.param(this);
    setDefault(handleInvalid, InvalidRows.ERROR);
    setDefault(inputCol, "image");
    setDefault(outputCol, "features");
  }

  /** Returns what makes vectors by this model. */
  public static CnnFeaturizer of(Model model) {
    return new CnnFeaturizer().take(model);
  }

  private CnnFeaturizer take(Model whole) {
    model = whole;
    return this;
  }

  private Model whole() {
    return Check.present(model, "The network of " + uid);
  }

  @Override
  public String uid() {
    return Uid.of(uid);
  }

  @Override
  public Param<String> handleInvalid() {
    return handleInvalid;
  }

  @Override
  public Param<String> inputShape() {
    return inputShape;
  }

  @Internal
  @Override
  public CnnFeaturizer self() {
    return this;
  }

  /** Returns the param of the column of pictures. */
  public Param<String> inputCol() {
    return inputCol;
  }

  /** Returns the column of pictures. */
  public String getInputCol() {
    return (String) getOrDefault(inputCol);
  }

  /** Sets the column of pictures. */
  public CnnFeaturizer setInputCol(String value) {
    set(inputCol, value);
    return this;
  }

  /** Returns the param of the column of vectors. */
  public Param<String> outputCol() {
    return outputCol;
  }

  /** Returns the column of vectors that is added. */
  public String getOutputCol() {
    return (String) getOrDefault(outputCol);
  }

  /** Sets the column of vectors that is added. */
  public CnnFeaturizer setOutputCol(String value) {
    set(outputCol, value);
    return this;
  }

  /** Returns the param of the layer whose outputs are wanted. */
  public Param<String> layer() {
    return layer;
  }

  /** Returns the name of the layer whose outputs are wanted. */
  public String getLayer() {
    var nodes = whole().network().nodes();
    return isDefined(layer)
        ? (String) getOrDefault(layer)
        : nodes.get(Math.max(0, nodes.size() - 2)).name();
  }

  /** Sets the name of the layer whose outputs are wanted; the last but one by default. */
  public CnnFeaturizer setLayer(String value) {
    set(layer, value);
    return this;
  }

  private synchronized Inference trunk() {
    Inference cut = trunk;
    if (cut == null || !getLayer().equals(trunkLayer)) {
      cut = new Inference(cut(whole(), getLayer()));
      trunk = cut;
      trunkLayer = getLayer();
    }
    return cut;
  }

  private Model cut(Model from, String at) {
    try {
      NetworkTrunk cut = NetworkTrunk.of(from.network(), from.weights(), at);
      return new Model(
          cut.network(),
          cut.weights(),
          from.preprocess(),
          from.normalization(),
          IntStream.range(0, cut.network().output().size()).mapToObj(Integer::toString).toList(),
          Task.REGRESSION,
          new MeanSquaredError(),
          null);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(uid + ": " + e.getMessage(), e);
    }
  }

  @Override
  public StructType transformSchema(StructType schema) {
    Columns.pictures(uid, schema, getInputCol(), pixelShape());
    return OutputColumns.append(uid, schema, getOutputCol(), SQLDataTypes.VectorType());
  }

  @Override
  public Dataset<Row> transform(Dataset<?> dataset) {
    StructType schema = transformSchema(dataset.schema());
    Inference cut = trunk();
    int size = cut.model().network().output().size();
    return cut.transform(
        uid,
        dataset,
        schema,
        getInputCol(),
        pixelShape(),
        getHandleInvalid(),
        outputs -> {
          double[] values = new double[size];
          Arrays.setAll(values, i -> outputs == null ? Double.NaN : outputs[i]);
          return new Object[] {Vectors.dense(values)};
        });
  }

  @Override
  public CnnFeaturizer copy(ParamMap extra) {
    return copyValues(new CnnFeaturizer(uid), extra).take(whole());
  }

  @Override
  public MLWriter write() {
    return new ModelWriter(this, whole());
  }

  /**
   * Returns what reads a stage that a pipeline saved, or a model that {@code convoy train} left.
   */
  public static MLReader<CnnFeaturizer> read() {
    return new ModelReader<>(CnnFeaturizer::new, CnnFeaturizer::take);
  }

  /** Reads a stage that a pipeline saved, or a model that {@code convoy train} left. */
  public static CnnFeaturizer load(String path) {
    return read().load(path);
  }
}
