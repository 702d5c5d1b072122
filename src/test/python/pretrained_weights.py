"""Writes weights as other programs do, in the public safetensors format, without its library.

    python3 src/test/python/pretrained_weights.py src/test/resources/pretrained

The network is torchvision's kind of names: conv1, bn1, fc. WeightsImportTest knows the values by the
same formula: value i of all is (i % 64 - 32) / 16, which every type holds exactly.
"""

import json
import struct
import sys

import torch

FOLDER = sys.argv[1]
SHAPES = {
    "conv1.weight": (4, 3, 3, 3),
    "bn1.weight": (4,),
    "bn1.bias": (4,),
    "bn1.running_mean": (4,),
    "bn1.running_var": (4,),
    "bn1.num_batches_tracked": (),
    "fc.weight": (10, 36),
    "fc.bias": (10,),
}
NAMES = {torch.float16: "F16", torch.bfloat16: "BF16", torch.float32: "F32", torch.float64: "F64", torch.int64: "I64"}


def tensors(kind, prefix=""):
    found, index = {}, 0
    for name, shape in SHAPES.items():
        if name.endswith("tracked"):
            found[prefix + name] = torch.tensor(7)
            continue
        count = torch.Size(shape).numel()
        values = torch.tensor([((index + i) % 64 - 32) / 16 for i in range(count)], dtype=torch.float64)
        index += count
        found[prefix + name] = values.reshape(shape).to(kind)
    return found


def raw(tensor):
    if tensor.dtype == torch.bfloat16:
        return tensor.contiguous().view(torch.int16).numpy().tobytes()
    return tensor.contiguous().numpy().tobytes()


def write(path, named, metadata=None):
    header, data = {}, b""
    if metadata:
        header["__metadata__"] = metadata
    for name in sorted(named):  # as the safetensors library sorts: not in the network's order
        part = raw(named[name])
        header[name] = {
            "dtype": NAMES[named[name].dtype],
            "shape": list(named[name].shape),
            "data_offsets": [len(data), len(data) + len(part)],
        }
        data += part
    text = json.dumps(header, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 8)
    with open(f"{FOLDER}/{path}", "wb") as out:
        out.write(struct.pack("<Q", len(text)) + text + data)


write("pytorch.safetensors", tensors(torch.float32), {"format": "pt"})
write("half.safetensors", tensors(torch.float16))
write("brain.safetensors", tensors(torch.bfloat16), {"format": "pt"})
write("double.safetensors", tensors(torch.float64))
write("backbone.safetensors", tensors(torch.float32, "backbone."))
parts = tensors(torch.float16, "net.")
first = {n: t for n, t in parts.items() if "fc" not in n}
second = {n: t for n, t in parts.items() if "fc" in n}
write("sharded/model-00001-of-00002.safetensors", first, {"format": "pt"})
write("sharded/model-00002-of-00002.safetensors", second, {"format": "pt"})
index = {"metadata": {"total_size": 1}, "weight_map": {}}
index["weight_map"].update({n: "model-00001-of-00002.safetensors" for n in first})
index["weight_map"].update({n: "model-00002-of-00002.safetensors" for n in second})
with open(f"{FOLDER}/sharded/model.safetensors.index.json", "w") as out:
    json.dump(index, out, indent=2)
