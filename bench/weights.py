"""Writes a VGG16 of random He-normal weights as Keras writes one (.h5): python weights.py FILE. Every contestant loads this file."""
import os
import sys

import h5py
import numpy as np

blocks = [(64, 2), (128, 2), (256, 3), (512, 3), (512, 3)]


def layers():
    """Name and kernel shape of each layer, in the order in which they run."""
    depth = 3
    for block, (channels, convolutions) in enumerate(blocks, 1):
        for conv in range(1, convolutions + 1):
            yield f"block{block}_conv{conv}", (3, 3, depth, channels)
            depth = channels
    yield "fc1", (7 * 7 * depth, 4096)
    yield "fc2", (4096, 4096)
    yield "predictions", (4096, 1000)


def read(file):
    """Kernel and bias of each layer, in order."""
    with h5py.File(file) as stored:
        return [(name, stored[name][name]["kernel:0"][:], stored[name][name]["bias:0"][:]) for name, _ in layers()]


def write(file):
    random = np.random.default_rng(1)
    with h5py.File(file + ".part", "w") as out:
        names = []
        for name, shape in layers():
            kernel = random.standard_normal(shape, np.float32) * np.sqrt(2 / np.prod(shape[:-1]), dtype=np.float32)
            # Pixels reach 150; scores of about 1 keep a softmax over them from being all or nothing.
            kernel /= 64 if name == "block1_conv1" else 1
            out[f"{name}/{name}/kernel:0"] = kernel
            out[f"{name}/{name}/bias:0"] = random.standard_normal(shape[-1], np.float32) * np.float32(0.05)
            out[name].attrs["weight_names"] = [f"{name}/kernel:0".encode(), f"{name}/bias:0".encode()]
            names.append(name.encode())
        out.attrs["layer_names"] = names
        out.attrs["backend"] = b"tensorflow"
    os.replace(file + ".part", file)


if __name__ == "__main__":
    write(sys.argv[1])
