"""Five small networks, each a list of layers that torch, Keras and TensorFlow.js all build from.

A layer reads the one before it unless `of` names others. Padding is TensorFlow's: "same" or "valid".
`layer` is where the CAMs look, `early` a layer before it.
"""


def conv(name, filters, kernel=3, stride=1, padding="same", bias=True, activation=None, of=None, dilation=1):
    return dict(kind="conv", name=name, filters=filters, kernel=kernel, stride=stride, padding=padding, bias=bias, activation=activation, of=of, dilation=dilation)


def depthwise(name, kernel=3, stride=1, padding="same"):
    return dict(kind="depthwise", name=name, kernel=kernel, stride=stride, padding=padding, bias=False)


def bn(name, gain=1):
    return dict(kind="bn", name=name, gain=gain)


def relu(name, max=None):
    return dict(kind="relu", name=name, max=max)


def max_pool(name, size=2, stride=2, padding="valid"):
    return dict(kind="maxPool", name=name, size=size, stride=stride, padding=padding)


def mean_pool(name, size, stride, of=None):
    return dict(kind="meanPool", name=name, size=size, stride=stride, padding="same", of=of)


def add(name, of):
    return dict(kind="add", name=name, of=of)


def dense(name, units, activation=None):
    return dict(kind="dense", name=name, units=units, activation=activation)


def plain(kind, name=None):
    return dict(kind=kind, name=name or kind)


def inverted(name, filters, stride=1):
    """Depthwise, then pointwise, each normalised and cut at 0 and 6."""
    return [
        depthwise(f"{name}_dw", stride=stride), bn(f"{name}_dw_bn", 2.5), relu(f"{name}_dw_relu", 6),
        conv(f"{name}_pw", filters, 1, bias=False), bn(f"{name}_pw_bn", 2), relu(f"{name}_pw_relu", 6),
    ]


SPECS = {
    # Not square; a global pooling head, so that the original CAM fits.
    "plain": dict(
        input=[20, 16, 3], layer="conv3", early="conv2",
        layers=[
            conv("conv1", 6, activation="relu"),
            conv("conv2", 8, stride=2, padding="valid", activation="relu"),
            conv("conv3", 8, activation="relu"),
            plain("gap"),
            dense("scores", 5, "softmax"),
        ],
    ),
    # One channel; pools that overlap; softmax as a layer of its own.
    "residual": dict(
        input=[21, 21, 1], layer="block2_out", early="block1_out",
        layers=[
            conv("stem", 6, stride=2, bias=False), bn("stem_bn"), relu("stem_relu"),
            max_pool("pool", 3, 2, "same"),
            conv("block1_a", 6, bias=False), bn("block1_a_bn"), relu("block1_a_relu"),
            conv("block1_b", 6, bias=False), bn("block1_b_bn"),
            add("block1_sum", ["pool", "block1_b_bn"]), relu("block1_out"),
            conv("block2_a", 8, bias=False), bn("block2_a_bn"), relu("block2_a_relu"),
            conv("block2_b", 8, bias=False), bn("block2_b_bn"),
            conv("shortcut", 8, 1, bias=False, of=["block1_out"]), bn("shortcut_bn"),
            add("block2_sum", ["shortcut_bn", "block2_b_bn"]), relu("block2_out"),
            plain("gap"),
            dense("scores", 4),
            plain("softmax"),
        ],
    ),
    # Strides over an even length, where TensorFlow pads at the end only; some values reach the 6.
    "depthwise": dict(
        input=[18, 18, 3], layer="block2_pw_relu", early="block1_pw_relu",
        layers=[
            conv("stem", 6, stride=2, bias=False), bn("stem_bn", 3), relu("stem_relu", 6),
            *inverted("block1", 8),
            *inverted("block2", 10, stride=2),
            plain("gap"),
            dense("scores", 5, "softmax"),
        ],
    ),
    # VGG's blocks and dense head.
    "vgg": dict(
        input=[16, 16, 3], layer="block2_conv2", early="block1_conv2",
        layers=[
            conv("block1_conv1", 4, activation="relu"), conv("block1_conv2", 4, activation="relu"), max_pool("block1_pool"),
            conv("block2_conv1", 8, activation="relu"), conv("block2_conv2", 8, activation="relu"), max_pool("block2_pool"),
            plain("flatten"),
            dense("fc1", 16, "relu"),
            dense("predictions", 6, "softmax"),
        ],
    ),
    # Two channels in; the other activations, a dilated convolution, mean pools whose last window is cut off, a concatenation. No ReLU, so that no rule of one applies.
    "mixed": dict(
        input=[14, 17, 2], layer="conv3", early="prelu", without=["Guided", "guided", "Deconv", "Ablation"],
        layers=[
            conv("conv1", 6, dilation=2), dict(kind="leaky", name="leaky", slope=0.2),
            conv("conv2", 5, activation="swish"),
            mean_pool("mean3", 3, 1, of=["leaky"]), conv("pointwise", 3, 1),
            dict(kind="concat", name="both", of=["conv2", "pointwise"]),
            dict(kind="prelu", name="prelu"),
            mean_pool("mean2", 2, 2),
            conv("conv3", 8, padding="valid", activation="elu"),
            plain("flatten"),
            dense("hidden", 10, "tanh"),
            dense("scores", 4, "softmax"),
        ],
    ),
}
