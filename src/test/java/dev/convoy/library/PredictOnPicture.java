package dev.convoy.library;

import dev.convoy.model.Predictor;
import java.nio.file.*;

class PredictOnPicture {
  public static void main(String[] args) throws Exception {
    var predictor = Predictor.load(Path.of(args[0]));
    System.out.println(predictor.predict(Files.readAllBytes(Path.of(args[1]))).label());
  }
}
