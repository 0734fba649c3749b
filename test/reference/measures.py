"""python measures.py: writes measures.json, what the Python peers measure of a map, on the networks that make.py stored.

Needs what requirements.txt lists, in the same environment.
"""
import base64
import json
import os
import sys
import warnings
from importlib.metadata import version
from pathlib import Path

os.environ.update(TF_CPP_MIN_LOG_LEVEL="3", KERAS_BACKEND="tensorflow", CUDA_VISIBLE_DEVICES="-1")
sys.path.append(str(Path(__file__).parents[2] / "bench"))

import keras
import numpy as np
import torch
import torchvision_import  # noqa: F401
from captum.attr import Saliency
from captum.metrics import sensitivity_max
from pytorch_grad_cam.metrics.cam_mult_image import CamMultImageConfidenceChange, DropInConfidence, IncreaseInConfidence
from pytorch_grad_cam.metrics.perturbation_confidence import PerturbationConfidenceMetric, RemoveLeastRelevantFirst, RemoveMostRelevantFirst
from pytorch_grad_cam.metrics.road import NoisyLinearImputer
from pytorch_grad_cam.utils.model_targets import ClassifierOutputSoftmaxTarget
from xplique.metrics import Deletion, Insertion

from keras_net import keras_net
from store import compact, packed
from torch_net import Net

NAMES = ["plain", "residual", "depthwise", "vgg", "mixed"]
STEPS = 10
PERCENTILES = [10, 20, 30, 40, 50, 60, 70, 80, 90]
RADIUS = 0.02


def unpacked(array):
    return np.frombuffer(base64.b64decode(array["data"]), np.float32).reshape(array["shape"]).copy()


def measured(name):
    stored = json.loads(Path(__file__).with_name(f"{name}.json").read_text())
    weights = {key: [unpacked(each) for each in arrays] for key, arrays in stored["weights"].items()}
    image, draws, t = unpacked(stored["image"]), unpacked(stored["draws"]), stored["target"]
    height, width, _ = image.shape
    net = Net(stored, weights)
    model = keras_net(name, stored, weights)
    x = torch.from_numpy(image.transpose(2, 0, 1)[None].copy())
    # Every value once, so that there is one order.
    cam = (np.random.default_rng(0).permutation(height * width).reshape(height, width) / (height * width - 1)).astype(np.float32)
    return dict(name=name, map=packed(cam), **causal(model, image, cam, t), **road(net, x, cam, t), **confidence(net, x, cam, t), **sensitivity(net, x, draws, t))


def causal(model, image, cam, t):
    """Xplique's Deletion and Insertion, on the network that ends in softmax: the scores at each step, and the area."""
    found = {}
    inputs, targets = image[None], np.eye(model.output_shape[-1], dtype=np.float32)[[t]]
    for title, make in ("deletion", Deletion), ("insertion", Insertion):
        metric = make(model, inputs, targets, steps=STEPS)
        found[title] = dict(scores=[float(each) for each in metric.detailed_evaluate(cam[None]).values()], area=float(metric.evaluate(cam[None])))
    return found


def road(net, x, cam, t):
    """pytorch-grad-cam's ROAD without its noise: the probability at each of its percentiles, and one picture that was filled in."""
    target = [ClassifierOutputSoftmaxTarget(t)]
    found = {}
    for title, remove in ("morf", RemoveMostRelevantFirst), ("lerf", RemoveLeastRelevantFirst):
        runs = [PerturbationConfidenceMetric(remove(each, NoisyLinearImputer(noise=0)))(x, cam[None], target, net, return_visualization=True, return_diff=False) for each in PERCENTILES]
        found[title] = [float(scores[0]) for scores, _ in runs]
        found[f"{title}_image"] = packed(runs[2][1][0].numpy().transpose(1, 2, 0))
        # What the percentile of a few hundred values comes to.
        found[f"{title}_removed"] = [int(np.sum(~(given < np.percentile(given, each)))) for each in PERCENTILES for given in [cam if title == "morf" else 1 - cam]]
    found["road"] = float((np.mean(found["lerf"]) - np.mean(found["morf"])) / 2)
    return found


def confidence(net, x, cam, t):
    target = [ClassifierOutputSoftmaxTarget(t)]
    with torch.no_grad():
        before = float(torch.softmax(net(x), 1)[0, t])
    given = (x, cam[None], target, net)
    return dict(before=before, change=float(CamMultImageConfidenceChange()(*given)[0]), drop=float(DropInConfidence()(*given)[0]), increase=float(IncreaseInConfidence()(*given)[0]))


def sensitivity(net, x, draws, t):
    """Captum's sensitivity_max of the plain gradient with noise that is given."""
    noise = torch.from_numpy(draws.transpose(0, 3, 1, 2).copy())
    moved = lambda inputs, radius: inputs + radius * noise
    found = sensitivity_max(Saliency(net).attribute, x.requires_grad_(), perturb_func=moved, perturb_radius=RADIUS, n_perturb_samples=len(draws), target=t)
    return dict(sensitivity_max=float(found[0]))


def main():
    keras.utils.disable_interactive_logging()
    warnings.simplefilter("ignore")
    versions = {each: version(each) for each in ("torch", "captum", "grad-cam", "tensorflow-cpu", "keras", "xplique", "scipy")}
    networks = ",\n".join(compact(measured(name)) for name in NAMES)
    path = Path(__file__).with_name("measures.json")
    path.write_text("{\n" + f'"versions": {compact(versions)},\n"steps": {STEPS},\n"percentiles": {PERCENTILES},\n"radius": {RADIUS},\n"networks": [\n{networks}\n]' + "\n}\n")
    print(f"{path.name}: {path.stat().st_size / 1e3:.0f} kB")


main()
