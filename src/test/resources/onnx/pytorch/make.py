"""Makes the networks of this folder: PyTorch's own exports, with the values that PyTorch gives for them.

Needs torch 1.13 and torchvision 0.14 (Debian's python3-torchvision): python3 make.py
"""
import torch
from torch import nn
from torchvision.models import mobilenetv2, resnet, shufflenetv2

torch.set_num_threads(1)


class Upsampling(nn.Module):
    def forward(self, x):
        y = nn.functional.interpolate(x, scale_factor=2, mode="nearest")
        return torch.cat([y, nn.functional.pad(y, (1, 1, 1, 1))[:, :, 1:-1, 1:-1]], 1)


def head(channels):
    return [nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Dropout(0.2), nn.Linear(channels, 5)]


def stem(channels):
    return [nn.Conv2d(3, channels, 3, 2, 1, bias=False), nn.BatchNorm2d(channels), nn.ReLU()]


NETWORKS = {
    "residual": lambda: nn.Sequential(*stem(8), nn.MaxPool2d(3, 2, 1), resnet.BasicBlock(8, 8), *head(8)),
    "inverted": lambda: nn.Sequential(*stem(8), mobilenetv2.InvertedResidual(8, 8, 1, 2), *head(8)),
    "shuffled": lambda: nn.Sequential(*stem(8), shufflenetv2.InvertedResidual(8, 8, 1), *head(8)),
    "activations": lambda: nn.Sequential(
        *stem(4), nn.GELU(), nn.Conv2d(4, 4, 3), nn.SiLU(), nn.Conv2d(4, 4, 1), nn.Hardswish(),
        nn.Conv2d(4, 4, 1), nn.Mish(), nn.Conv2d(4, 4, 1), nn.ELU(0.5), nn.Conv2d(4, 4, 1), nn.Hardsigmoid(),
        nn.LeakyReLU(0.2), nn.Conv2d(4, 4, 1), nn.Softplus(), nn.Flatten(), nn.Linear(144, 5)),
    "larger": lambda: nn.Sequential(
        *stem(4), nn.AvgPool2d(3, 2, 1), nn.PixelShuffle(2), Upsampling(), nn.ConvTranspose2d(2, 4, 2, 2), *head(4)),
}

for name, make in NETWORKS.items():
    torch.manual_seed(5)
    network = make().eval()
    for module in network.modules():
        if isinstance(module, nn.BatchNorm2d):
            module.running_mean.uniform_(-0.5, 0.5)
            module.running_var.uniform_(0.5, 1.5)
    x = torch.rand(2, 3, 16, 16) * 2 - 1
    with torch.no_grad():
        y = network(x)
    torch.onnx.export(
        network, x, name + ".onnx", opset_version=13, input_names=["input"], output_names=["output"],
        dynamic_axes={"input": {0: "batch"}}, do_constant_folding=name != "residual",
        training=torch.onnx.TrainingMode.PRESERVE if name == "residual" else torch.onnx.TrainingMode.EVAL)
    x.numpy().astype("<f4").tofile(name + ".x")
    y.numpy().astype("<f4").tofile(name + ".y")
