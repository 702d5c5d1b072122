"""Makes src/test/resources/golden/layers.json: values and gradients of layers, in float64 by PyTorch.

Needs PyTorch 1.13 (Debian's python3-torch). Run it from the project's root:

    python3 src/test/python/reference_layers.py
"""

import json

import torch

torch.set_num_threads(1)
torch.manual_seed(19)
functional = torch.nn.functional


def tensor(values):
    return {"shape": list(values.shape), "data": [round(v, 12) for v in values.flatten().tolist()]}


def dyadic(*shape):
    """Random multiples of 1/64, which float32 holds."""
    return torch.round(torch.randn(*shape, dtype=torch.float64) * 64) / 64


def run(compute, inputs, gy, dtype):
    leaves = {k: v.to(dtype).clone().requires_grad_(True) for k, v in inputs.items()}
    y = compute(**leaves)
    y.backward(gy.to(dtype))
    return {"y": y.detach()}, {"d" + k: v.grad.detach() for k, v in leaves.items()}


def case(name, compute, inputs, params=None):
    with torch.no_grad():
        gy = dyadic(*compute(**inputs).shape)
    out, grad = run(compute, inputs, gy, torch.float64)
    out32, grad32 = run(compute, inputs, gy, torch.float32)
    exact = {**out, **grad}
    single = {**out32, **grad32}
    return {
        "name": name,
        "params": params or {},
        "in": {**{k: tensor(v) for k, v in inputs.items()}, "gy": tensor(gy)},
        "out": {k: tensor(v) for k, v in out.items()},
        "grad": {k: tensor(v) for k, v in grad.items()},
        "f32": {k: {"max_abs": (single[k].double() - exact[k]).abs().max().item()} for k in exact},
    }


def layer_norm(eps):
    def compute(x, weight, bias):
        last = x.movedim(1, -1)
        return functional.layer_norm(last, last.shape[-1:], weight, bias, eps).movedim(-1, 1)

    return compute


def group_norm(groups, eps):
    return lambda x, weight, bias: functional.group_norm(x, groups, weight, bias, eps)


def broadcast(factors):
    return factors if factors.dim() == 4 else factors[:, :, None, None]


def main():
    product = lambda x, factors: x * (broadcast(factors) if x.dim() == 4 else factors)
    scale = lambda x, weight: x * weight.reshape(-1, *[1] * (x.dim() - 2))
    prelu = lambda x, weight: functional.prelu(x, weight)
    clip = lambda low, high: lambda x: functional.hardtanh(x, low, high)
    normalisation = lambda channels: {"weight": dyadic(channels), "bias": dyadic(channels)}
    far = dyadic(3, 7, 3, 5) + 100
    cases = [
        case("multiply/channels", product, {"x": dyadic(3, 5, 3, 7), "factors": dyadic(3, 5)}),
        case("multiply/channels_1_1", product, {"x": dyadic(2, 4, 5, 3), "factors": dyadic(2, 4, 1, 1)}),
        case("multiply/positions", product, {"x": dyadic(3, 5, 3, 7), "factors": dyadic(3, 1, 3, 7)}),
        case("multiply/values", product, {"x": dyadic(2, 3, 4, 5), "factors": dyadic(2, 3, 4, 5)}),
        case("multiply/features", product, {"x": dyadic(4, 9), "factors": dyadic(4, 9)}),
        case("scale/image", scale, {"x": dyadic(3, 5, 3, 7), "weight": dyadic(5)}),
        case("scale/features", scale, {"x": dyadic(3, 13), "weight": dyadic(13)}),
        case("layerNorm/image", layer_norm(1e-5), {"x": dyadic(3, 9, 3, 7), **normalisation(9)}, {"eps": 1e-5}),
        case("layerNorm/features", layer_norm(1e-6), {"x": dyadic(4, 31), **normalisation(31)}, {"eps": 1e-6}),
        case("layerNorm/far", layer_norm(1e-6), {"x": far, **normalisation(7)}, {"eps": 1e-6}),
        case("groupNorm/three", group_norm(3, 1e-5), {"x": dyadic(3, 6, 3, 7), **normalisation(6)},
             {"eps": 1e-5, "groups": 3}),
        case("groupNorm/one", group_norm(1, 1e-3), {"x": dyadic(2, 5, 4, 3), **normalisation(5)},
             {"eps": 1e-3, "groups": 1}),
        case("groupNorm/features", group_norm(2, 1e-5), {"x": dyadic(4, 12), **normalisation(12)},
             {"eps": 1e-5, "groups": 2}),
        case("groupNorm/far", group_norm(7, 1e-5), {"x": far, **normalisation(7)}, {"eps": 1e-5, "groups": 7}),
        case("clip/both", clip(-0.5, 1.25), {"x": dyadic(2, 3, 4, 5)}, {"min": -0.5, "max": 1.25}),
        case("prelu/one", prelu, {"x": dyadic(3, 4, 3, 5), "weight": dyadic(1)}),
        case("prelu/channels", prelu, {"x": dyadic(3, 4, 3, 5), "weight": dyadic(4)}, {"perChannel": True}),
    ]
    for size, alpha, beta, k in [(5, 1e-4, 0.75, 1.0), (4, 0.3, 0.5, 2.0), (3, 1.0, 0.9, 0.5)]:
        response = lambda x, s=size, a=alpha, b=beta, c=k: functional.local_response_norm(x, s, a, b, c)
        params = {"size": size, "alpha": alpha, "beta": beta, "k": k}
        cases.append(case(f"localResponseNorm/{size}", response, {"x": dyadic(2, 7, 3, 4)}, params))
    doc = "values and gradients of layers; y of the inputs as in PyTorch's function of that name"
    golden = {"format": 1, "op": "layers", "doc": doc, "cases": cases}
    with open("src/test/resources/golden/layers.json", "w") as file:
        json.dump(golden, file, indent=None, separators=(",", ":"))
        file.write("\n")


if __name__ == "__main__":
    main()
