"""A spec as a Keras model that ends in softmax, with the same weights."""
import keras
from keras import layers as kl


def keras_net(name, spec, weights):
    values = {"input": keras.Input(spec["input"])}
    before = "input"
    for layer in spec["layers"]:
        inputs = [values[each] for each in layer.get("of") or [before]]
        values[layer["name"]] = built(layer)(inputs if len(inputs) > 1 else inputs[0])
        before = layer["name"]
    model = keras.Model(values["input"], values[before], name=name)
    for each, arrays in weights.items():
        model.get_layer(each).set_weights(arrays)
    return model


def built(layer):
    kind, name = layer["kind"], layer["name"]
    window = {key: layer[key] for key in ("padding",) if key in layer}
    if kind == "conv":
        return kl.Conv2D(layer["filters"], layer["kernel"], layer["stride"], dilation_rate=layer["dilation"], use_bias=layer["bias"], activation=layer["activation"], name=name, **window)
    if kind == "depthwise":
        return kl.DepthwiseConv2D(layer["kernel"], layer["stride"], use_bias=False, name=name, **window)
    if kind == "maxPool":
        return kl.MaxPooling2D(layer["size"], layer["stride"], name=name, **window)
    if kind == "meanPool":
        return kl.AveragePooling2D(layer["size"], layer["stride"], name=name, **window)
    if kind == "leaky":
        return kl.LeakyReLU(layer["slope"], name=name)
    if kind == "prelu":
        return kl.PReLU(shared_axes=[1, 2], name=name)
    if kind == "bn":
        return kl.BatchNormalization(epsilon=1e-3, name=name)
    if kind == "dense":
        return kl.Dense(layer["units"], layer["activation"], name=name)
    if kind == "relu":
        return kl.ReLU(layer["max"], name=name)
    if kind == "softmax":
        return kl.Activation("softmax", name=name)
    return {"add": kl.Add, "concat": kl.Concatenate, "gap": kl.GlobalAveragePooling2D, "flatten": kl.Flatten}[kind](name=name)
