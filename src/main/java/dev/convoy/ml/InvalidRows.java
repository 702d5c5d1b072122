package dev.convoy.ml;

import dev.convoy.api.Internal;
import dev.convoy.api.PublicApi;
import java.util.Locale;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.Params;

/**
 * What a model does about rows whose pictures can't be read.
 *
 * @param <M> the model or estimator
 */
@PublicApi
public interface InvalidRows<M> extends Params {
  /** The values of the param. */
  @Internal String ERROR = "error";

  @Internal String SKIP = "skip";
  @Internal String KEEP = "keep";

  /** Returns the param of what is done about rows whose pictures can't be read. */
  Param<String> handleInvalid();

  /** Returns this stage. */
  @Internal
  M self();

  /** Returns what is done about rows whose pictures can't be read. */
  default String getHandleInvalid() {
    return (String) getOrDefault(handleInvalid());
  }

  /**
   * Sets what is done about rows whose pictures can't be read: {@code error} ends the job, {@code
   * skip} leaves them out, {@code keep} gives them values that are no numbers.
   */
  default M setHandleInvalid(String value) {
    set(handleInvalid(), value.toLowerCase(Locale.ROOT));
    return self();
  }

  /** Makes the param. */
  @Internal
  static Param<String> param(Params parent) {
    return new Param<>(
        parent,
        "handleInvalid",
        "what is done about rows whose pictures can't be read: error ends the job, skip leaves them"
            + " out, keep gives them values that are no numbers",
        org.apache.spark.ml.param.ParamValidators.inArray(new String[] {ERROR, SKIP, KEEP}));
  }
}
