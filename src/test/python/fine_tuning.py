"""Writes the parameters that PyTorch comes to when it trains a part of a small network.

    python3 src/test/python/fine_tuning.py > src/test/resources/golden/fine-tuning.txt

Data and first weights are formulas that FineTuningGoldenTest has, too. All is computed in double, so
that what differs is the rounding of the network under test alone.
"""

import torch
from torch import nn

torch.set_num_threads(1)
torch.set_default_dtype(torch.float64)
EXAMPLES, BATCH, CLASSES = 40, 8, 4
SHAPE = (2, 6, 5)


def number(index, seed):
    return ((index * 2654435761 + seed * 40503) % 2**32) / 2**32 - 0.5


class Small(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(2, 4, 3, padding=1, bias=False)
        self.bn1 = nn.BatchNorm2d(4)
        self.conv2 = nn.Conv2d(4, 5, 3, bias=False)
        self.bn2 = nn.BatchNorm2d(5)
        self.fc = nn.Linear(5 * 4 * 3, CLASSES)

    def forward(self, x):
        x = torch.relu(self.bn1(self.conv1(x)))
        x = torch.relu(self.bn2(self.conv2(x)))
        return self.fc(x.flatten(1))


def start(model):
    index = 0
    for name, parameter in model.named_parameters():
        flat = parameter.data.view(-1)
        for i in range(flat.numel()):
            value = number(index, 1)
            flat[i] = 1 + 0.5 * value if name.startswith("bn") and name.endswith("weight") else 0.6 * value
            index += 1
        flat.copy_(flat.float().double())
    index = 0
    for layer in (model.bn1, model.bn2):
        for buffer, first in ((layer.running_mean, 0), (layer.running_var, 1)):
            for i in range(buffer.numel()):
                buffer[i] = first + 0.4 * number(index, 2)
                index += 1
            buffer.copy_(buffer.float().double())


def data():
    size = SHAPE[0] * SHAPE[1] * SHAPE[2]
    pixels = torch.tensor([int((number(i, 3) + 0.5) * 256) for i in range(EXAMPLES * size)])
    labels = torch.tensor([i * i // 3 % CLASSES for i in range(EXAMPLES)])
    return pixels.view(EXAMPLES, *SHAPE) / 255.0, labels


def train(kind, unfreezes):
    model = Small()
    start(model)
    first = [model.conv1, model.bn1]
    for layer in first:
        layer.requires_grad_(False)
    head = list(model.fc.parameters())
    body = [p for n, p in model.named_parameters() if not n.startswith("fc")]
    if kind == "sgd":
        rate = 0.02
        optimizer = torch.optim.SGD(
            [{"params": body}, {"params": head, "lr": 10 * rate}], lr=rate, momentum=0.9, weight_decay=0.01
        )
    else:
        rate = 0.005
        optimizer = torch.optim.Adam([{"params": body}, {"params": head, "lr": 10 * rate}], lr=rate)
    images, labels = data()
    for epoch in (1, 2):
        frozen = epoch == 1 or not unfreezes
        for layer in first:
            layer.requires_grad_(not frozen)
        model.train()
        if frozen:
            model.bn1.eval()
        for s in range(0, EXAMPLES, BATCH):
            optimizer.zero_grad(set_to_none=True)
            nn.functional.cross_entropy(model(images[s : s + BATCH]), labels[s : s + BATCH]).backward()
            optimizer.step()
    named = list(model.named_parameters()) + [(n, b) for n, b in model.named_buffers() if "num" not in n]
    for name, values in named:
        text = " ".join("%.12g" % v for v in values.detach().view(-1).tolist())
        print(kind, "later" if unfreezes else "never", name, text)


for kind in ("sgd", "adam"):
    for unfreezes in (False, True):
        train(kind, unfreezes)
