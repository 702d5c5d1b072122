package dev.convoy.model.weights;

import dev.convoy.data.FileOpener;
import dev.convoy.model.ModelException;
import dev.convoy.model.weights.LoadedWeights.Fate;
import dev.convoy.model.weights.LoadedWeights.Origin;
import dev.convoy.nn.NamePattern;
import dev.convoy.nn.Network;
import dev.convoy.nn.Parameter;
import dev.convoy.nn.Weights;
import dev.convoy.train.tuning.InitialWeights;
import dev.convoy.train.tuning.Rename;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Reads the weights of a network from safetensors files of any program: renames their tensors,
 * widens or rounds their values to float32, and leaves fresh what may be missing. What is neither
 * loaded nor allowed to be missing is refused in one line.
 */
public final class WeightsImport {
  /** The name of an index of several files in a folder. */
  public static final String INDEX = "model.safetensors.index.json";

  /** The name of the one file with weights in such a folder. */
  public static final String FILE = "model.safetensors";

  /** How PyTorch counts the batches that a batch norm has seen, which no pass here needs. */
  private static final String BATCHES = "num_batches_tracked";

  private static final Map<String, String> STATISTICS =
      Map.of(".running_mean", ".runningMean", ".running_var", ".runningVar");

  private static final String INDEX_ENDING = ".index.json";

  /** Values that are converted at a time. */
  private static final int CHUNK = 16_384;

  private final FileOpener files;
  private final Network network;
  private final InitialWeights asked;
  private final String path;
  private final Predicate<String> maySkip;
  private final Map<NamePattern, String> renames = new LinkedHashMap<>();
  private final Map<String, StoredTensor> byName = new LinkedHashMap<>();

  private WeightsImport(FileOpener files, Network network, InitialWeights asked, String path) {
    this.files = files;
    this.network = network;
    this.asked = asked;
    this.path = path;
    maySkip = NamePattern.any(asked.skipMismatched(), "skipMismatched");
    for (Rename rename : asked.rename()) {
      renames.put(NamePattern.of(rename.from(), "rename"), rename.to());
    }
  }

  /**
   * Reads weights to start a training from.
   *
   * @param seed of the values that stay fresh
   * @param asked for, of which the path is only told
   * @param file of safetensors, or the index of several
   * @throws ModelException if a file is damaged, or does not suit the network
   */
  public static LoadedWeights read(
      FileOpener files, Network network, long seed, InitialWeights asked, String file)
      throws IOException {
    return new WeightsImport(files, network, asked, file).read(seed);
  }

  private LoadedWeights read(long seed) throws IOException {
    checkHeap();
    List<StoredTensor> stored = new ArrayList<>();
    if (path.endsWith(INDEX_ENDING)) {
      WeightsIndex index = WeightsIndex.read(files, path);
      for (String file : index.files()) {
        stored.addAll(header(file));
      }
      index.check(stored);
    } else {
      stored.addAll(header(path));
    }
    stored.forEach(this::name);
    Weights weights = network.initialWeights(seed);
    Map<StoredTensor, Target> targets = new HashMap<>();
    List<Origin> origins = new ArrayList<>();
    match(network.parameters(), weights.parameters(), targets, origins);
    match(network.buffers(), weights.buffers(), targets, origins);
    refuseOthers(origins);
    if (targets.isEmpty()) {
      throw new ModelException(path + ": must hold a tensor of the network, but has none");
    }
    for (String file : stored.stream().map(StoredTensor::file).distinct().toList()) {
      readValues(file, targets);
    }
    return new LoadedWeights(weights, asked.path(), origins);
  }

  private void checkHeap() {
    long bytes = ((long) network.parameterCount() + network.bufferCount()) * Float.BYTES;
    long heap = Runtime.getRuntime().maxMemory();
    if (bytes > heap) {
      throw new ModelException(
          String.format(
              Locale.ROOT,
              "%s: the network's weights take %,d MB, but this process has %,d MB of heap:"
                  + " spark.driver.memory (--driver-memory), or -Xmx of a program, gives it more",
              path,
              bytes >> 20,
              heap >> 20));
    }
  }

  private List<StoredTensor> header(String file) throws IOException {
    long length = files.length(file);
    try (InputStream in = new BufferedInputStream(files.open(file))) {
      return StoredHeader.read(in, length, file);
    } catch (EOFException e) {
      throw endsEarly(file, e);
    }
  }

  private static ModelException endsEarly(String file, EOFException e) {
    return new ModelException(file + ": must be a whole safetensors file, but ends early", e);
  }

  /** Notes a tensor under the name that the network may have for it. */
  private void name(StoredTensor tensor) {
    String name = tensor.name();
    for (Map.Entry<NamePattern, String> rename : renames.entrySet()) {
      name = rename.getKey().replace(name, rename.getValue()).orElse(name);
    }
    name = own(name);
    StoredTensor other = byName.putIfAbsent(name, tensor);
    if (other != null) {
      throw new ModelException(
          tensor.file()
              + ": tensors '"
              + other.name()
              + "' and '"
              + tensor.name()
              + "' must have names of their own, but both are '"
              + name
              + "' in the network");
    }
  }

  /** Returns the name that running statistics have here, for the one that they have in PyTorch. */
  private static String own(String name) {
    for (Map.Entry<String, String> ending : STATISTICS.entrySet()) {
      if (name.endsWith(ending.getKey())) {
        return name.substring(0, name.length() - ending.getKey().length()) + ending.getValue();
      }
    }
    return name;
  }

  /** Where a tensor's values go. */
  private record Target(float[] values, int offset) {}

  private void match(
      List<Parameter> tensors,
      float[] values,
      Map<StoredTensor, Target> targets,
      List<Origin> origins) {
    for (Parameter tensor : tensors) {
      StoredTensor found = byName.remove(tensor.name());
      String problem = found == null ? "the file has none" : mismatch(tensor, found);
      String nameInFile = found == null ? "" : found.name();
      if (problem == null && found != null) {
        targets.put(found, new Target(values, tensor.offset()));
        origins.add(new Origin(tensor.name(), nameInFile, Fate.LOADED, "", tensor.size()));
      } else if (maySkip.test(tensor.name())) {
        String reason = String.valueOf(problem);
        origins.add(new Origin(tensor.name(), nameInFile, Fate.FRESH, reason, tensor.size()));
      } else if (found == null) {
        throw new ModelException(
            path + ": must hold tensor '" + tensor.name() + "', but does not" + cure());
      } else {
        throw new ModelException(
            found.file()
                + ": tensor '"
                + found.name()
                + "' must have "
                + expected(tensor, found)
                + cure());
      }
    }
  }

  /** Says in what a tensor of the file is not the network's; nothing if it is. */
  private static @Nullable String mismatch(Parameter tensor, StoredTensor found) {
    boolean fits = StoredType.of(found.type()) != null && found.is(tensor.shape().toArray());
    return fits ? null : "it must have " + expected(tensor, found);
  }

  private static String expected(Parameter tensor, StoredTensor found) {
    return StoredType.of(found.type()) == null
        ? "values of type " + Arrays.toString(StoredType.values()) + ", but has " + found.type()
        : "shape " + tensor.shape() + ", but has " + found.shape();
  }

  /** Says what helps where names or shapes differ, unless that was tried. */
  private String cure() {
    return asked.skipMismatched().isEmpty()
        ? "; training.initialWeights.rename maps names, and skipMismatched leaves tensors fresh"
        : "";
  }

  /** What is left over is of no tensor of the network. */
  private void refuseOthers(List<Origin> origins) {
    byName.forEach(
        (name, tensor) -> {
          if (name.endsWith(BATCHES)) {
            return;
          }
          if (!maySkip.test(name)) {
            throw new ModelException(
                tensor.file()
                    + ": holds tensor '"
                    + tensor.name()
                    + "', which the network does not have"
                    + cure());
          }
          StoredType type = StoredType.of(tensor.type());
          long values = type == null ? 0 : (tensor.end() - tensor.start()) / type.bytes();
          origins.add(
              new Origin(
                  name, tensor.name(), Fate.SKIPPED, "the network has no such tensor", values));
        });
  }

  private void readValues(String file, Map<StoredTensor, Target> targets) throws IOException {
    try (InputStream in = new BufferedInputStream(files.open(file))) {
      for (StoredTensor tensor : StoredHeader.read(in, files.length(file), file)) {
        Target target = targets.get(tensor);
        if (target == null) {
          in.skipNBytes(tensor.end() - tensor.start());
        } else {
          readValues(in, tensor, target);
        }
      }
    } catch (EOFException e) {
      throw endsEarly(file, e);
    }
  }

  private static void readValues(InputStream in, StoredTensor tensor, Target target)
      throws IOException {
    StoredType type = StoredType.valueOf(tensor.type());
    int count = (int) ((tensor.end() - tensor.start()) / type.bytes());
    byte[] bytes = new byte[Math.min(CHUNK, count) * type.bytes()];
    for (int start = 0; start < count; start += CHUNK) {
      int length = Math.min(CHUNK, count - start);
      if (in.readNBytes(bytes, 0, length * type.bytes()) < length * type.bytes()) {
        throw new EOFException();
      }
      ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
      for (int i = 0; i < length; i++) {
        float value = type.read(buffer);
        if (!Float.isFinite(value)) {
          throw new ModelException(
              tensor.file()
                  + ": tensor '"
                  + tensor.name()
                  + "' must have values that float32 holds, but value "
                  + (start + i)
                  + " is "
                  + value);
        }
        target.values()[target.offset() + start + i] = value;
      }
    }
  }
}
