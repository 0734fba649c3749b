"""Arrays and cases as compact JSON."""
import base64
import json

import numpy as np


def packed(array):
    array = np.ascontiguousarray(array, np.float32)
    return dict(shape=list(array.shape), data=base64.b64encode(array.tobytes()).decode())


class Unsuitable(Exception):
    """Another seed: a map that is 0 everywhere holds nobody to anything, and one that float noise can change holds nobody fairly."""


def case(peer, title, call, values, **more):
    values = np.asarray(values)
    assert np.isfinite(values).all(), title
    if not values.any():
        raise Unsuitable(f"{peer} {title} is 0 everywhere")
    return dict(peer=peer, title=title, call=call, **more, values=packed(values))


def channels_last(tensor):
    """[1, c, h, w] of torch as [h, w, c]; as [h, w] where there is one channel that a layer's map has."""
    return tensor.detach().cpu().numpy()[0].transpose(1, 2, 0)


def write(path, record):
    """A line for each case and each layer's weights: readable diffs."""
    lines = []
    for key, value in record.items():
        if isinstance(value, list) and value and isinstance(value[0], dict):
            value = "[\n" + ",\n".join(compact(each) for each in value) + "\n]"
        else:
            value = compact(value)
        lines.append(f"{json.dumps(key)}: {value}")
    path.write_text("{\n" + ",\n".join(lines) + "\n}\n")


def compact(value):
    return json.dumps(value, separators=(",", ":"))
