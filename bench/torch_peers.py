"""Captum and pytorch-grad-cam: python torch_peers.py WEIGHTS INPUT THREADS."""
import sys
from importlib.metadata import version

import numpy as np
import torch
from captum import attr
from torchvision_import import torchvision
from pytorch_grad_cam import AblationCAM, EigenCAM, GradCAM, GradCAMPlusPlus, GuidedBackpropReLUModel, HiResCAM, LayerCAM, ScoreCAM, XGradCAM
from pytorch_grad_cam.utils.model_targets import ClassifierOutputTarget

from serve import seconds, serve
from weights import read

torch.set_num_threads(int(sys.argv[3]))
side = 224
ten = list(range(0, 1000, 100))


def vgg16(stored):
    model = torchvision.models.vgg16(weights=None).eval()
    # A ReLU that writes over its input cannot be hooked, as guided backpropagation and Grad-CAM do.
    for module in model.modules():
        if isinstance(module, torch.nn.ReLU):
            module.inplace = False
    own = [module for module in model.modules() if isinstance(module, (torch.nn.Conv2d, torch.nn.Linear))]
    for module, (weight, bias) in zip(own, stored, strict=True):
        module.weight.data, module.bias.data = weight, bias
    return model


def torch_layout(name, kernel, bias):
    if kernel.ndim == 4:
        weight = kernel.transpose(3, 2, 0, 1)
    elif name == "fc1":  # flattened by Keras with the channels last
        weight = kernel.reshape(7, 7, 512, -1).transpose(3, 2, 0, 1).reshape(kernel.shape[1], -1)
    else:
        weight = kernel.T
    return torch.from_numpy(np.ascontiguousarray(weight)), torch.from_numpy(bias)


def hwc(values):
    return values.detach().numpy()[0].transpose(1, 2, 0)


stored = [torch_layout(*layer) for layer in read(sys.argv[1])]
model = vgg16(stored)
# GuidedBackpropReLUModel leaves one ReLU in the place of all, which then confuses every hook: it gets a model of its own.
spoiled = vgg16(stored)
pixels = np.fromfile(sys.argv[2], np.float32).reshape(1, side, side, 3)
x = torch.from_numpy(np.ascontiguousarray(pixels.transpose(0, 3, 1, 2)))
last = model.features[29]  # the ReLU after block5_conv3


@torch.no_grad()
def logits(images=1):
    return model(x.expand(images, -1, -1, -1)).numpy()


target = int(logits()[0].argmax())
noise = 0.15 * float(x.max() - x.min())


def saliency(images=1, classes=target):
    """[height, width]: the largest magnitude over the channels, of the first image."""
    batch = x.expand(images, -1, -1, -1).clone().requires_grad_()
    return attr.Saliency(model).attribute(batch, target=classes).amax(1)[0].detach().numpy()


def layer_grad_cam(images=1):
    cam = attr.LayerGradCam(model, last).attribute(x.expand(images, -1, -1, -1), target=target, relu_attributions=True)
    return attr.LayerAttribution.interpolate(cam, (side, side), "bilinear")[0, 0].detach().numpy()


def guided_grad_cam():
    return hwc(attr.GuidedGradCam(model, last).attribute(x.clone().requires_grad_(), target=target, interpolate_mode="bilinear"))


def smooth_grad(at_once, samples=25):
    tunnel = attr.NoiseTunnel(attr.Saliency(model))
    return tunnel.attribute(x.clone().requires_grad_(), nt_type="smoothgrad", nt_samples=samples, nt_samples_batch_size=at_once, stdevs=noise, target=target).amax(1)[0].detach().numpy()


def integrated_gradients(at_once, steps=50):
    return hwc(attr.IntegratedGradients(model).attribute(x, target=target, n_steps=steps, internal_batch_size=at_once))


def occlusion(patch, stride, at_once, classes=target, images=1):
    method = attr.Occlusion(model)
    found = method.attribute(x.expand(images, -1, -1, -1), target=classes, sliding_window_shapes=(3, patch, patch), strides=(3, stride, stride), baselines=0, perturbations_per_eval=at_once)
    return found[0, 0].detach().numpy()


def cam(method, **options):
    with method(model=model, target_layers=[model.features[29]], **options) as explain:
        return explain(input_tensor=x, targets=[ClassifierOutputTarget(target)])[0]


def fastest(work, choices):
    """The number at once with which `work` takes least."""
    return min(choices, key=lambda at_once: seconds(lambda: work(at_once)))


# Captum's defaults are 25 at once, 50 at once and 1 at once; it is measured at its best.
samples_at_once = fastest(lambda at_once: smooth_grad(at_once, 5), [1, 5])
steps_at_once = fastest(lambda at_once: integrated_gradients(at_once, 10), [1, 5, 10])
windows_at_once = fastest(lambda at_once: occlusion(56, 56, at_once), [1, 16])

captum = {
    "forward": logits,
    "forward 32": lambda: logits(32),
    "saliency": saliency,
    "saliency, 8 images": lambda: saliency(8),
    "saliency, 10 targets": lambda: saliency(10, ten),
    "guidedBackprop": lambda: hwc(attr.GuidedBackprop(model).attribute(x.clone().requires_grad_(), target=target)),
    "deconvnet": lambda: hwc(attr.Deconvolution(model).attribute(x.clone().requires_grad_(), target=target)),
    "inputXGradient": lambda: hwc(attr.InputXGradient(model).attribute(x.clone().requires_grad_(), target=target)),
    "gradCam": layer_grad_cam,
    "gradCam, 8 images": lambda: layer_grad_cam(8),
    "guidedGradCam": guided_grad_cam,
    "smoothGrad 25": lambda: smooth_grad(samples_at_once),
    "integratedGradients 50": lambda: integrated_gradients(steps_at_once),
    "occlusion 32/16": lambda: occlusion(32, 16, windows_at_once),
    "occlusion 16/8": lambda: occlusion(16, 8, windows_at_once),
}
pgc = {
    "guidedBackprop": lambda: GuidedBackpropReLUModel(model=spoiled, device="cpu")(x, target_category=target),
    "gradCam": lambda: cam(GradCAM),
    "gradCamPlusPlus": lambda: cam(GradCAMPlusPlus),
    "hiResCam": lambda: cam(HiResCAM),
    "layerCam": lambda: cam(LayerCAM),
    "xGradCam": lambda: cam(XGradCAM),
    "eigenCam": lambda: cam(EigenCAM),
    "scoreCam": lambda: cam(ScoreCAM),
    "ablationCam": lambda: cam(AblationCAM),
}

serve(
    {
        "software": {"Captum": version("captum"), "pytorch-grad-cam": version("grad-cam"), "PyTorch": torch.__version__},
        "notes": [f"Captum at its fastest here: smoothGrad {samples_at_once}, integrated gradients {steps_at_once}, occlusion {windows_at_once} images at once."],
        "logits": logits()[0].tolist(),
    },
    {f"{peer} {name}": method for peer, methods in (("captum", captum), ("pytorch-grad-cam", pgc)) for name, method in methods.items()},
)
