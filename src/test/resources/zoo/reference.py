"""Writes reference.json: what torchvision's networks give for weights of a simple recipe.

Run as `python3 reference.py` with torch 1.13 and torchvision 0.14 beside it. Weights and inputs are
not kept: both sides make them from a tensor's name and the places of its values, as `values` does.
All is computed in float64 on values that are float32.
"""
import json
import math
import zlib

import numpy
import torch
import torchvision

torch.set_num_threads(1)
MASK = 0xFFFFFFFF

# Around 1, biases of normalisations too: rectifiers that are open more often than not make
# gradients that float32 can tell.
SCALES = ("weight", "bias", "running_var")


def values(name, count):
    """float32 in [-1, 1), a function of the name and of the place."""
    h = (numpy.arange(count, dtype=numpy.uint64) * 0x9E3779B1 + zlib.crc32(name.encode())) & MASK
    h ^= h >> 15
    h = (h * 0x2C1B3C6D) & MASK
    h ^= h >> 12
    h = (h * 0x297A2D39) & MASK
    h ^= h >> 15
    return ((h >> 8).astype(numpy.float32) / numpy.float32(1 << 23) - numpy.float32(1))


def fill(model):
    state = model.state_dict()
    norms = {n for n, m in model.named_modules() if isinstance(m, (torch.nn.BatchNorm2d, torch.nn.LayerNorm))}
    for name, tensor in state.items():
        if name.endswith("num_batches_tracked"):
            continue
        u = values(name, tensor.numel())
        layer, _, what = name.rpartition(".")
        if layer in norms and what in SCALES or what == "layer_scale":
            v = numpy.float32(1) + numpy.float32(0.5) * u
        elif tensor.dim() > 1:
            fan_in = tensor.numel() // tensor.shape[0]
            v = numpy.float32(math.sqrt(6.0 / fan_in)) * u
        else:
            v = numpy.float32(0.25) * u
        tensor.copy_(torch.from_numpy(v.astype(numpy.float64)).reshape(tensor.shape))
    model.load_state_dict(state)


def case(name, side, gradients, images=2, classes=10, **options):
    model = getattr(torchvision.models, name)(num_classes=classes, **options).double()
    if name.startswith("vgg") or name == "alexnet":
        # Their dense layers have 100 million weights: what counts is what comes before.
        model.avgpool = torch.nn.Identity()
        model.classifier = torch.nn.Identity()
    with torch.no_grad():
        fill(model)
    for module in model.modules():
        if isinstance(module, torch.nn.Dropout):
            module.p = 0.0
        if isinstance(module, torchvision.ops.StochasticDepth):
            module.p = 0.0
    x = values("input", images * 3 * side * side).astype(numpy.float64)
    x = torch.from_numpy(x).reshape(images, 3, side, side)
    model.eval()
    with torch.no_grad():
        result = {
            "name": name,
            "side": side,
            "images": images,
            "classes": classes,
            "output": model(x).flatten().tolist(),
        }
    if gradients:
        model.train()
        y = model(x)
        y = y[0] if isinstance(y, tuple) else y
        r = values("direction", y.numel()).astype(numpy.float64)
        (y.flatten() * torch.from_numpy(r)).sum().backward()
        result["gradients"] = {}
        for n, p in model.named_parameters():
            if p.grad is None:
                continue
            g = p.grad.flatten()
            # Of a number of values that grows slowly, so that the file stays small: norm, and
            # the product with a direction of the recipe.
            d = torch.from_numpy(values("direction." + n, g.numel()).astype(numpy.float64))
            result["gradients"][n] = [float("%.9g" % g.norm()), float("%.9g" % (g * d).sum())]
    result["output"] = [float("%.9g" % v) for v in result["output"]]
    print(name, numpy.abs(result["output"]).max(), len(result.get("gradients", {})), flush=True)
    return result


CASES = [
    ("alexnet", 63, True, {}),
    ("vgg11", 32, False, {}),
    ("vgg11_bn", 32, True, {}),
    ("resnet18", 64, True, {}),
    ("resnet50", 64, False, {}),
    ("resnext50_32x4d", 64, False, {}),
    ("wide_resnet50_2", 32, False, {}),
    ("squeezenet1_0", 64, False, {}),
    ("squeezenet1_1", 64, True, {}),
    ("densenet121", 64, True, {}),
    ("googlenet", 64, True, {"aux_logits": False, "init_weights": False}),
    ("inception_v3", 75, False, {"images": 8, "aux_logits": False, "init_weights": False}),
    ("mobilenet_v2", 64, True, {}),
    ("mobilenet_v3_small", 64, True, {}),
    ("mobilenet_v3_large", 64, False, {}),
    ("mnasnet1_0", 64, True, {}),
    ("efficientnet_b0", 64, True, {}),
    ("regnet_x_400mf", 64, True, {}),
    ("shufflenet_v2_x1_0", 64, True, {}),
    ("convnext_tiny", 64, True, {}),
]

if __name__ == "__main__":
    cases = [case(name, side, gradients, **options) for name, side, gradients, options in CASES]
    with open("reference.json", "w") as out:
        out.write('{"cases": [\n')
        out.write(",\n".join(json.dumps(c) for c in cases))
        out.write("\n]}\n")
