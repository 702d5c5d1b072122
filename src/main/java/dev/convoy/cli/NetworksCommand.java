package dev.convoy.cli;

import dev.convoy.config.tree.Suggestion;
import dev.convoy.nn.preset.Preset;
import dev.convoy.nn.preset.Presets;
import dev.convoy.report.NetworkTable;
import dev.convoy.report.PresetTable;
import dev.convoy.run.WrongInputException;
import java.io.PrintStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code convoy networks}: needs neither Spark nor data. */
@Command(
    name = "networks",
    description =
        "Lists the networks that a job may name, with parameters, multiply-adds of a picture and"
            + " memory of a training batch; or shows the layers of one.",
    footer = {"", "Examples:", "  deploy/convoy networks", "  deploy/convoy networks resnet50"})
final class NetworksCommand extends ConvoyCommand {
  @Parameters(
      paramLabel = "NAME",
      arity = "0..1",
      description = "The network whose layers are shown; all in a list by default.")
  private @Nullable String name;

  @Override
  public Integer call() {
    PrintStream out = System.out;
    if (name == null) {
      PresetTable.of(Presets.byName().values()).lines().forEach(out::println);
      out.println();
      out.println("A job names one as network: {preset: resnet50}. Memory is that of a worker's");
      out.println("training: outputs of all layers, parameters, gradients and their copies.");
      return Failure.DONE;
    }
    Preset preset = Presets.byName().get(name);
    if (preset == null) {
      throw new WrongInputException(
          "'"
              + name
              + "' must be a network that deploy/convoy networks lists, but is none"
              + Suggestion.of(name, Presets.byName().keySet()));
    }
    out.println("Network " + preset.name() + ": " + preset.source());
    out.println();
    NetworkTable.of(preset.network()).lines().forEach(out::println);
    return Failure.DONE;
  }
}
