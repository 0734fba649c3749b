"""A spec as a torch module that ends in logits; every ReLU a module of its own, as the peers' hooks need."""
import torch
from torch import nn


ACTIVATIONS = {"relu": nn.ReLU, "swish": nn.SiLU, "elu": nn.ELU, "tanh": nn.Tanh}


class Net(nn.Module):
    def __init__(self, spec, weights):
        super().__init__()
        self.spec = spec
        self.parts = nn.ModuleDict()
        size, channels = {"input": spec["input"][:2]}, {"input": spec["input"][2]}
        before = "input"
        for layer in spec["layers"]:
            kind, name = layer["kind"], layer["name"]
            before = (layer.get("of") or [before])[0]
            own = [torch.from_numpy(each) for each in weights.get(name, [])]
            self.parts[name], size[name], channels[name] = part(layer, own, size[before], channels[before])
            if layer.get("activation") in ACTIVATIONS:
                self.parts[f"{name}_act"] = ACTIVATIONS[layer["activation"]]()
            if kind == "concat":
                channels[name] = sum(channels[each] for each in layer["of"])
            before = name
        self.eval()

    def forward(self, x):
        values = {"input": x}
        before = "input"
        for layer in self.spec["layers"]:
            name = layer["name"]
            value = self.parts[name](*(values[each] for each in layer.get("of") or [before]))
            values[name] = self.parts[f"{name}_act"](value) if f"{name}_act" in self.parts else value
            before = name
        return values[before]

    def at(self, name):
        """The module whose output is the layer's, its activation included."""
        return self.parts[f"{name}_act"] if f"{name}_act" in self.parts else self.parts[name]


class Add(nn.Module):
    def forward(self, a, b):
        return a + b


class Concat(nn.Module):
    def forward(self, *parts):
        return torch.cat(parts, 1)


class Gap(nn.Module):
    def forward(self, x):
        return x.mean((2, 3))


class Flatten(nn.Module):
    """In Keras's order: rows, columns, channels."""

    def forward(self, x):
        return x.permute(0, 2, 3, 1).flatten(1)


def part(layer, own, size, channels):
    kind = layer["kind"]
    if kind in ("conv", "depthwise"):
        filters = layer.get("filters", channels)
        dilation = layer.get("dilation", 1)
        conv = nn.Conv2d(channels, filters, layer["kernel"], layer["stride"], dilation=dilation, bias=layer["bias"], groups=channels if kind == "depthwise" else 1)
        conv.weight = nn.Parameter(own[0].permute(3, 2, 0, 1).contiguous() if kind == "conv" else own[0].permute(2, 3, 0, 1).contiguous())
        if layer["bias"]:
            conv.bias = nn.Parameter(own[1])
        return padded(conv, layer, (layer["kernel"] - 1) * dilation + 1, size, 0) + (filters,)
    if kind == "maxPool":
        return padded(nn.MaxPool2d(layer["size"], layer["stride"]), layer, layer["size"], size, -torch.inf) + (channels,)
    if kind == "meanPool":
        # Padding counts for nothing; where the last window is cut off, ceil_mode does the same.
        around = 0 if layer["stride"] > 1 else layer["size"] // 2
        return nn.AvgPool2d(layer["size"], layer["stride"], around, ceil_mode=True, count_include_pad=False), [-(-each // layer["stride"]) for each in size], channels
    if kind == "leaky":
        return nn.LeakyReLU(layer["slope"]), size, channels
    if kind == "prelu":
        prelu = nn.PReLU(channels)
        prelu.weight = nn.Parameter(own[0].flatten())
        return prelu, size, channels
    if kind == "bn":
        norm = nn.BatchNorm2d(channels, eps=1e-3)
        norm.weight, norm.bias = nn.Parameter(own[0]), nn.Parameter(own[1])
        norm.running_mean, norm.running_var = own[2], own[3]
        return norm, size, channels
    if kind == "dense":
        linear = nn.Linear(*own[0].shape)
        linear.weight, linear.bias = nn.Parameter(own[0].T.contiguous()), nn.Parameter(own[1])
        return linear, size, layer["units"]
    if kind == "relu":
        return (nn.ReLU6() if layer["max"] else nn.ReLU()), size, channels
    # The torch form ends in logits.
    return {"add": Add, "concat": Concat, "gap": Gap, "flatten": Flatten, "softmax": nn.Identity}[kind](), size, channels


def padded(module, layer, kernel, size, value):
    """TensorFlow's "same" padding puts the odd row at the end."""
    stride = layer["stride"]
    if layer["padding"] == "valid":
        return module, [(each - kernel) // stride + 1 for each in size]
    out = [-(-each // stride) for each in size]
    total = [max(0, (o - 1) * stride + kernel - each) for o, each in zip(out, size)]
    (top, bottom), (left, right) = ((each // 2, each - each // 2) for each in total)
    return nn.Sequential(nn.ConstantPad2d((left, right, top, bottom), value), module), out
