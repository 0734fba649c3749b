"""Seeded weights for a spec, in Keras's layouts: {layer: [array, ...]}."""
import numpy as np


def random_weights(spec, random):
    shapes = {}
    before = spec["input"][2]
    size = spec["input"][:2]
    sizes = {}
    weights = {}
    for layer in spec["layers"]:
        kind, name = layer["kind"], layer["name"]
        if layer.get("of"):
            before, size = shapes[layer["of"][0]], sizes[layer["of"][0]]
        if kind == "conv":
            kernel, filters = layer["kernel"], layer["filters"]
            weights[name] = [scaled(random, [kernel, kernel, before, filters], kernel * kernel * before)]
            if layer["bias"]:
                weights[name].append(0.2 * random.standard_normal(filters))
            before = filters
        elif kind == "concat":
            before = sum(shapes[each] for each in layer["of"])
        elif kind == "prelu":
            weights[name] = [random.uniform(-0.3, 0.5, [1, 1, before])]
        elif kind == "depthwise":
            kernel = layer["kernel"]
            weights[name] = [scaled(random, [kernel, kernel, before, 1], kernel * kernel)]
        elif kind == "bn":
            gamma = layer["gain"] * random.uniform(0.6, 1.4, before)
            weights[name] = [gamma, 0.4 * random.standard_normal(before), 0.2 * random.standard_normal(before), random.uniform(0.5, 1.5, before)]
        elif kind == "flatten":
            before = before * size[0] * size[1]
        elif kind == "dense":
            # Half of what keeps the scale: no probability may be rounded to 1.
            weights[name] = [0.5 * scaled(random, [before, layer["units"]], before), 0.1 * random.standard_normal(layer["units"])]
            before = layer["units"]
        if "stride" in layer:
            size = [shrunk(each, layer) for each in size]
        shapes[name], sizes[name] = before, size
    return {name: [np.asarray(each, np.float32) for each in arrays] for name, arrays in weights.items()}


def scaled(random, shape, fan_in):
    return random.standard_normal(shape) * np.sqrt(2 / fan_in)


def shrunk(size, layer):
    if layer["padding"] == "same":
        return -(-size // layer["stride"])
    return (size - layer.get("kernel", layer.get("size"))) // layer["stride"] + 1
