"""Makes src/test/resources/golden/shapes.json: layers that move values or resample them, as PyTorch has them.

Each case names a layer of a job in `layer`, and holds input, output, the gradient from above and that of the input,
in float64; `f32` says how far PyTorch's own float32 run is off. The format is told in the README beside the file.

    apt-get install python3-torch
    python3 src/test/python/reference_shapes.py src/test/resources/golden/shapes.json
"""

import json
import sys

import torch
import torch.nn.functional as f

torch.set_num_threads(1)


def shuffle(groups):
    """As torchvision's ShuffleNet has it: PyTorch's own operator has no gradient."""
    return lambda x: x.unflatten(1, (groups, -1)).transpose(1, 2).flatten(1, 2)


def resize(scale, mode):
    options = {"mode": mode} if mode == "nearest" else {"mode": mode, "align_corners": False}
    return lambda x: f.interpolate(x, scale_factor=scale, **options)


def depth_first(block):
    """TensorFlow's depth_to_space: the block's cells are the outer part of the channels."""

    def apply(x):
        n, c, h, w = x.shape
        parts = x.reshape(n, block, block, c // block**2, h, w)
        return parts.permute(0, 3, 4, 1, 5, 2).reshape(n, c // block**2, h * block, w * block)

    return apply


def space_first(block):
    """TensorFlow's space_to_depth."""

    def apply(x):
        n, c, h, w = x.shape
        parts = x.reshape(n, c, h // block, block, w // block, block)
        return parts.permute(0, 3, 5, 1, 2, 4).reshape(n, c * block**2, h // block, w // block)

    return apply


CASES = [
    ("slice: {from: 1, to: 3}", (3, 4, 2, 3), lambda x: x[:, 1:3]),
    ("slice: {from: 2}", (2, 5, 3, 1), lambda x: x[:, 2:]),
    ("slice: {to: 2}", (3, 5), lambda x: x[:, :2]),
    ("channelShuffle: {groups: 2}", (2, 6, 2, 3), shuffle(2)),
    ("channelShuffle: {groups: 3}", (17, 12, 1, 2), shuffle(3)),
    ("globalAvgPool2d: {keepDimensions: true}", (2, 3, 4, 5), lambda x: f.adaptive_avg_pool2d(x, 1)),
    ("globalMaxPool2d: {keepDimensions: true}", (2, 3, 4, 5), lambda x: f.adaptive_max_pool2d(x, 1)),
    ("reshape: {shape: [3, 2, 4]}", (2, 24), lambda x: x.reshape(-1, 3, 2, 4)),
    ("reshape: {shape: [24]}", (2, 4, 3, 2), lambda x: x.reshape(-1, 24)),
    ("crop2d: {cropping: [1, 2, 0, 1]}", (2, 2, 3, 5), lambda x: x[:, :, 1:3, 2:4]),
    ("depthToSpace: {blockSize: 2}", (2, 8, 2, 3), torch.nn.PixelShuffle(2)),
    ("depthToSpace: {blockSize: 2, mode: dcr}", (2, 8, 2, 3), depth_first(2)),
    ("spaceToDepth: {blockSize: 2}", (2, 2, 4, 6), torch.nn.PixelUnshuffle(2)),
    ("spaceToDepth: {blockSize: 2, mode: dcr}", (2, 2, 4, 6), space_first(2)),
    ("channelMean", (2, 5, 2, 3), lambda x: x.mean(1, keepdim=True)),
    ("channelMax", (2, 5, 2, 3), lambda x: x.max(1, keepdim=True).values),
    ("pad2d: {padding: [1, 2, 0, 3], mode: reflect}", (2, 2, 3, 4), lambda x: f.pad(x, (2, 3, 1, 0), "reflect")),
    ("pad2d: {padding: [1, 2, 2, 3], mode: reflect}", (2, 2, 3, 4), lambda x: f.pad(x, (2, 3, 1, 2), "reflect")),
    ("pad2d: {padding: [1, 2, 4, 3], mode: replicate}", (2, 2, 3, 2), lambda x: f.pad(x, (2, 3, 1, 4), "replicate")),
    ("upsample2d: {scale: 2}", (2, 2, 2, 3), resize(2, "nearest")),
    ("upsample2d: {scale: 2, mode: bilinear}", (2, 2, 3, 4), resize(2, "bilinear")),
    ("upsample2d: {scale: [3, 1], mode: bilinear}", (2, 2, 3, 2), resize((3, 1), "bilinear")),
    ("upsample2d: {scale: [5, 4], mode: bilinear}", (2, 2, 1, 2), resize((5, 4), "bilinear")),
    ("adaptiveAvgPool2d: {size: 2}", (2, 2, 4, 6), lambda x: f.adaptive_avg_pool2d(x, 2)),
    ("adaptiveAvgPool2d: {size: [3, 4]}", (2, 2, 5, 7), lambda x: f.adaptive_avg_pool2d(x, (3, 4))),
    ("adaptiveAvgPool2d: {size: 7}", (2, 2, 7, 7), lambda x: f.adaptive_avg_pool2d(x, 7)),
    ("adaptiveAvgPool2d: {size: 7}", (2, 2, 1, 3), lambda x: f.adaptive_avg_pool2d(x, 7)),
]


def tensor(value):
    return {"shape": list(value.shape), "data": [number(v) for v in value.double().flatten().tolist()]}


def number(value):
    return int(value) if value == int(value) else value


def case(number_of, layer, shape, function):
    generator = torch.Generator().manual_seed(1000 + number_of)
    # Few bits, so that copies and short sums are exact in float32.
    x = torch.randint(-512, 512, shape, generator=generator).double() / 128
    x.requires_grad_()
    y = function(x)
    gy = torch.randint(-256, 256, y.shape, generator=generator).double() / 128
    (dx,) = torch.autograd.grad(y, x, gy)
    single = x.detach().float().requires_grad_()
    y32 = function(single)
    (dx32,) = torch.autograd.grad(y32, single, gy.float())
    return {
        "name": layer,
        "layer": "{" + layer + "}",
        "in": {"x": tensor(x.detach()), "gy": tensor(gy)},
        "out": {"y": tensor(y.detach())},
        "grad": {"dx": tensor(dx)},
        "f32": {
            "y": {"max_abs": (y32.double() - y).abs().max().item()},
            "dx": {"max_abs": (dx32.double() - dx).abs().max().item()},
        },
    }


def main(target):
    cases = [case(i, *of) for i, of in enumerate(CASES)]
    head = {"format": "cnn-golden/1", "op": "shapes", "torch": torch.__version__}
    with open(target, "w", encoding="utf-8") as out:
        # A case a line, so that a change shows which cases it concerns.
        out.write(json.dumps(head, separators=(",", ":"))[:-1] + ',"cases":[\n')
        out.write(",\n".join(json.dumps(one, separators=(",", ":")) for one in cases))
        out.write("\n]}\n")


main(sys.argv[1])
