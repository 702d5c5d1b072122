package dev.convoy.library;

import dev.convoy.config.Job;
import dev.convoy.config.JobTraining;
import dev.convoy.config.data.Images;
import dev.convoy.config.data.JobData;
import dev.convoy.nn.Network;
import dev.convoy.nn.layer.*;
import dev.convoy.optim.Adam;
import dev.convoy.run.Training;
import dev.convoy.tensor.Shape;

class TrainOnPictures {
  public static void main(String[] folders) throws Exception {
    var conv = Conv2d.of(16, 3).withPadding(1);
    var network =
        Network.of(
            Shape.of(3, 32, 32), conv, new Relu(), MaxPool2d.of(2, 2), new Flatten(), Dense.of(3));
    var data = JobData.builder(Images.of(folders[0])).test(Images.of(folders[1])).build();
    var training = JobTraining.builder(10, 16, Adam.of(0.001f)).build();
    var job = Job.builder("pictures").data(data).network(network).training(training);
    var result = Training.of(job.output(folders[2]).build()).locally().train();
    System.out.println("accuracy " + result.evaluation().orElseThrow().accuracy());
  }
}
