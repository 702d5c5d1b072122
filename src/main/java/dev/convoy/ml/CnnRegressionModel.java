package dev.convoy.ml;

import dev.convoy.api.Internal;
import dev.convoy.api.PublicApi;
import dev.convoy.loss.Task;
import dev.convoy.model.Model;
import dev.convoy.tensor.Check;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.regression.RegressionModel;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.ml.util.MLWritable;
import org.apache.spark.ml.util.MLWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/** A network that tells a number of each picture, in pipelines. */
@PublicApi
public final class CnnRegressionModel extends RegressionModel<Object, CnnRegressionModel>
    implements InvalidRows<CnnRegressionModel>, InputShape<CnnRegressionModel>, MLWritable {
  private static final long serialVersionUID = 1;

  private final String uid;
  private final Param<String> handleInvalid;
  private final Param<String> inputShape;

  /** Absent while Spark makes an empty model, to be filled. */
  private transient @Nullable Inference inference;

  private transient @Nullable CnnTrainingSummary summary;

  /** Creates a model without a network, for Spark, which then reads one. */
  @Internal
  public CnnRegressionModel() {
    this(Uid.random("cnnRegressionModel"));
  }

  /** Creates one of this unique name, for Spark. */
  @Internal
  public CnnRegressionModel(String uid) {
    this(Uid.parked(uid));
  }

  private CnnRegressionModel(Uid parked) {
    uid = parked.taken();
    handleInvalid = InvalidRows.param(this);
    inputShape = InputShape.param(this);
    setDefault(handleInvalid, InvalidRows.ERROR);
  }

  /** Puts a trained network into a stage. */
  CnnRegressionModel(String uid, Model model, @Nullable CnnTrainingSummary summary) {
    this(uid);
    this.summary = summary;
    take(model);
  }

  /**
   * Takes the network of this stage.
   *
   * @throws IllegalArgumentException if it does not tell one number
   */
  CnnRegressionModel take(Model model) {
    if (model.task() != Task.REGRESSION || model.network().output().size() != 1) {
      throw new IllegalArgumentException(
          uid
              + ": the model must tell one number, but is of the task "
              + model.task()
              + " with "
              + model.network().output().size()
              + " outputs");
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
  public CnnRegressionModel self() {
    return this;
  }

  @Override
  public int numFeatures() {
    return model().network().input().size();
  }

  @Override
  public StructType transformSchema(StructType schema) {
    Columns.pictures(uid, schema, getFeaturesCol(), pixelShape());
    return OutputColumns.append(uid, schema, getPredictionCol(), DataTypes.DoubleType);
  }

  @Override
  public Dataset<Row> transform(Dataset<?> dataset) {
    StructType schema = transformSchema(dataset.schema());
    if (getPredictionCol().isEmpty()) {
      return dataset.toDF();
    }
    return inference()
        .transform(
            uid,
            dataset,
            schema,
            getFeaturesCol(),
            pixelShape(),
            getHandleInvalid(),
            outputs -> new Object[] {outputs == null ? Double.NaN : (double) outputs[0]});
  }

  /**
   * Predicts on one picture.
   *
   * @param features as a row's cell has them
   * @throws IllegalArgumentException if they are no picture
   */
  @Override
  public double predict(Object features) {
    return inference().predict(uid, features, pixelShape())[0];
  }

  @Override
  public CnnRegressionModel copy(ParamMap extra) {
    CnnRegressionModel copied = copyValues(new CnnRegressionModel(uid), extra);
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
  public static MLReader<CnnRegressionModel> read() {
    return new ModelReader<>(CnnRegressionModel::new, CnnRegressionModel::take);
  }

  /** Reads a model that a pipeline saved, or that {@code convoy train} left. */
  public static CnnRegressionModel load(String path) {
    return read().load(path);
  }
}
