package dev.convoy.ml;

import dev.convoy.api.Internal;
import dev.convoy.api.PublicApi;
import dev.convoy.loss.Task;
import dev.convoy.model.Model;
import dev.convoy.tensor.Check;
import java.util.List;
import org.apache.spark.ml.classification.ProbabilisticClassificationModel;
import org.apache.spark.ml.linalg.Vector;
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
 * A network that tells classes of pictures, in pipelines. What it adds to a row depends on the row
 * alone: the same bits as by {@code convoy predict}, whatever is in a batch with it.
 */
@PublicApi
public final class CnnClassificationModel
    extends ProbabilisticClassificationModel<Object, CnnClassificationModel>
    implements InvalidRows<CnnClassificationModel>, InputShape<CnnClassificationModel>, MLWritable {
  private static final long serialVersionUID = 1;

  private final String uid;
  private final Param<String> handleInvalid;
  private final Param<String> inputShape;

  /** Absent while Spark makes an empty model, to be filled. */
  private transient @Nullable Inference inference;

  private transient @Nullable CnnTrainingSummary summary;

  /** Creates a model without a network, for Spark, which then reads one. */
  @Internal
  public CnnClassificationModel() {
    this(Uid.random("cnnClassificationModel"));
  }

  /** Creates one of this unique name, for Spark. */
  @Internal
  public CnnClassificationModel(String uid) {
    this(Uid.parked(uid));
  }

  private CnnClassificationModel(Uid parked) {
    uid = parked.taken();
    handleInvalid = InvalidRows.param(this);
    inputShape = InputShape.param(this);
    setDefault(handleInvalid, InvalidRows.ERROR);
  }

  /** Puts a trained network into a stage. */
  CnnClassificationModel(String uid, Model model, @Nullable CnnTrainingSummary summary) {
    this(uid);
    this.summary = summary;
    take(model);
  }

  /**
   * Takes the network of this stage.
   *
   * @throws IllegalArgumentException if it tells no classes
   */
  CnnClassificationModel take(Model model) {
    if (model.task() != Task.CLASSIFICATION) {
      throw new IllegalArgumentException(
          uid + ": the model must tell classes, but is of the task " + model.task());
    }
    inference = new Inference(model);
    return this;
  }

  private Inference inference() {
    return Check.present(inference, "The network of " + uid);
  }

  /** Returns the network with its parameters, and all that it takes to use it. */
  public Model model() {
    return inference().model();
  }

  /** Returns the names of the classes, in the order of their numbers. */
  public String[] labels() {
    return model().classNames().toArray(String[]::new);
  }

  /** Returns whether this model was trained by this program, which then knows how that went. */
  public boolean hasSummary() {
    return summary != null;
  }

  /**
   * Returns how the training went.
   *
   * @throws IllegalStateException if the model was read from a folder
   */
  public CnnTrainingSummary summary() {
    if (summary == null) {
      throw new IllegalStateException(uid + " has no summary: it was not trained here");
    }
    return summary;
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
  public CnnClassificationModel self() {
    return this;
  }

  @Override
  public int numClasses() {
    return model().classNames().size();
  }

  @Override
  public int numFeatures() {
    return model().network().input().size();
  }

  @Override
  public StructType transformSchema(StructType schema) {
    Columns.pictures(uid, schema, getFeaturesCol(), pixelShape());
    Thresholds.check(this, isDefined(thresholds()) ? getThresholds() : null, numClasses());
    return columns().appendedTo(uid, schema, List.of(labels()));
  }

  @Override
  public Dataset<Row> transform(Dataset<?> dataset) {
    StructType schema = transformSchema(dataset.schema());
    double[] thresholds = isDefined(thresholds()) ? getThresholds() : null;
    return inference()
        .transform(
            uid,
            dataset,
            schema,
            getFeaturesCol(),
            pixelShape(),
            getHandleInvalid(),
            new ClassValues(columns(), numClasses(), thresholds));
  }

  private OutputColumns columns() {
    return new OutputColumns(getRawPredictionCol(), getProbabilityCol(), getPredictionCol());
  }

  /**
   * Predicts on one picture: the logarithms of probabilities.
   *
   * @param features as a row's cell has them
   * @throws IllegalArgumentException if they are no picture
   */
  @Override
  public Vector predictRaw(Object features) {
    return Vectors.dense(ClassValues.logarithms(inference().predict(uid, features, pixelShape())));
  }

  @Internal
  @Override
  public Vector raw2probabilityInPlace(Vector rawPrediction) {
    double[] values = rawPrediction.toArray();
    for (int c = 0; c < values.length; c++) {
      values[c] = StrictMath.exp(values[c]);
    }
    return rawPrediction;
  }

  @Internal
  @Override
  @SuppressWarnings({"rawtypes", "unchecked"}) // Spark's class inherits the method twice.
  public scala.Tuple3 findSummaryModel() {
    return super.findSummaryModel();
  }

  @Override
  public CnnClassificationModel copy(ParamMap extra) {
    CnnClassificationModel copied = copyValues(new CnnClassificationModel(uid), extra);
    copied.inference = inference;
    copied.summary = summary;
    copied.setParent(parent());
    return copied;
  }

  @Override
  public MLWriter write() {
    return new ModelWriter(this, model());
  }

  /** Returns what reads a model that a pipeline saved, or that {@code convoy train} left. */
  public static MLReader<CnnClassificationModel> read() {
    return new ModelReader<>(CnnClassificationModel::new, CnnClassificationModel::take);
  }

  /** Reads a model that a pipeline saved, or that {@code convoy train} left. */
  public static CnnClassificationModel load(String path) {
    return read().load(path);
  }
}
