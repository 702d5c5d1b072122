package dev.convoy.run;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.convoy.spark.file.HadoopFiles;
import java.io.IOException;
import java.io.OutputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes down which records were skipped: a JSON object a line. */
final class BadRecords {
  private BadRecords() {}

  /** Writes the file, if any record was skipped. */
  static void save(HadoopFiles files, String path, JobImages images) throws IOException {
    List<String> training = images.training().problems();
    List<String> validation =
        images.validation() == null ? List.of() : images.validation().problems();
    List<String> test = images.test() == null ? List.of() : images.test().problems();
    if (training.isEmpty() && validation.isEmpty() && test.isEmpty()) {
      return;
    }
    files.save(
        path,
        out -> {
          write("train", training, out);
          write("validation", validation, out);
          write("test", test, out);
        });
  }

  private static void write(String data, List<String> problems, OutputStream out)
      throws IOException {
    JsonMapper mapper = JsonMapper.builder().build();
    for (String problem : problems) {
      Map<String, String> line = new LinkedHashMap<>();
      line.put("data", data);
      line.put("problem", problem);
      out.write((mapper.writeValueAsString(line) + "\n").getBytes(UTF_8));
    }
  }
}
