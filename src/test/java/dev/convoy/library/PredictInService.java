package dev.convoy.library;

import dev.convoy.model.Prediction;
import dev.convoy.model.Predictor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

class PredictInService {
  private final Predictor predictor; // any number of threads may share it

  PredictInService(Path model) throws IOException {
    predictor = Predictor.load(model);
  }

  List<Prediction.Entry> likeliest(byte[] upload) {
    return predictor.predict(upload).top(3); // names and probabilities
  }

  List<Prediction> all(List<byte[]> uploads) {
    return predictor.predict(uploads); // quicker than one after the other
  }
}
