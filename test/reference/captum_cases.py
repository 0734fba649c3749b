"""What Captum gives. A case is a title and the call itself, evaluated as it is written into the JSON."""
import torch
from captum.attr import (  # noqa: F401, used by the calls
    Deconvolution, GuidedBackprop, GuidedGradCam, InputXGradient, IntegratedGradients, LayerActivation, LayerAttribution, LayerGradCam,
    LayerGradientXActivation, LayerIntegratedGradients, NeuronGradient, NeuronGuidedBackprop, NeuronIntegratedGradients, NoiseTunnel, Occlusion, Saliency,
)

from store import case, channels_last

SMOOTH = "nt_samples=samples, stdevs=sigma, target=t"

CASES = [
    ("Saliency", "Saliency(net).attribute(x, target=t)"),
    ("Saliency, signed", "Saliency(net).attribute(x, target=t, abs=False)"),
    ("Saliency of the other class", "Saliency(net).attribute(x, target=u, abs=False)"),
    ("Saliency of the probability", "Saliency(softmaxed).attribute(x, target=t, abs=False)"),
    ("Saliency of a contrast", "Saliency(contrast).attribute(x, abs=False)"),
    ("InputXGradient", "InputXGradient(net).attribute(x, target=t)"),
    ("GuidedBackprop", "GuidedBackprop(net).attribute(x, target=t)"),
    ("Deconvolution", "Deconvolution(net).attribute(x, target=t)"),
    ("IntegratedGradients, Gauss-Legendre", "IntegratedGradients(net).attribute(x, target=t, n_steps=20)"),
    ("IntegratedGradients, baseline", "IntegratedGradients(net).attribute(x, base, target=t, n_steps=20)"),
    ("IntegratedGradients, not multiplied", "IntegratedGradients(net, multiply_by_inputs=False).attribute(x, target=t, n_steps=20)"),
    *((f"IntegratedGradients, {rule}", f"IntegratedGradients(net).attribute(x, target=t, n_steps=10, method='riemann_{rule}')") for rule in ("trapezoid", "left", "right", "middle")),
    ("NoiseTunnel of Saliency, smoothgrad", f"NoiseTunnel(Saliency(net)).attribute(x, {SMOOTH})"),
    ("NoiseTunnel of Saliency, vargrad", f"NoiseTunnel(Saliency(net)).attribute(x, nt_type='vargrad', {SMOOTH})"),
    *((f"NoiseTunnel of the signed gradient, {form}", f"NoiseTunnel(Saliency(net)).attribute(x, nt_type='{form}', {SMOOTH}, abs=False)") for form in ("smoothgrad", "smoothgrad_sq", "vargrad")),
    ("NoiseTunnel of GuidedBackprop, smoothgrad", f"NoiseTunnel(GuidedBackprop(net)).attribute(x, {SMOOTH})"),
    ("LayerActivation", "LayerActivation(net, layer).attribute(x)"),
    ("LayerGradientXActivation", "LayerGradientXActivation(net, layer).attribute(x, target=t)"),
    ("LayerGradientXActivation of the early layer", "LayerGradientXActivation(net, early).attribute(x, target=t)"),
    ("LayerIntegratedGradients", "LayerIntegratedGradients(net, layer).attribute(x, target=t, n_steps=20)"),
    ("LayerGradCam", "LayerGradCam(net, layer).attribute(x, target=t)"),
    ("LayerGradCam of the other class", "LayerGradCam(net, layer).attribute(x, target=u)"),
    ("LayerGradCam, relu", "LayerGradCam(net, layer).attribute(x, target=t, relu_attributions=True)"),
    ("LayerGradCam of the early layer", "LayerGradCam(net, early).attribute(x, target=t)"),
    ("LayerGradCam, interpolated nearest", "LayerAttribution.interpolate(LayerGradCam(net, layer).attribute(x, target=t), size)"),
    ("LayerGradCam, interpolated bilinear", "LayerAttribution.interpolate(LayerGradCam(net, layer).attribute(x, target=t), size, 'bilinear')"),
    ("GuidedGradCam", "GuidedGradCam(net, layer).attribute(x, target=t)"),
    ("GuidedGradCam, bilinear", "GuidedGradCam(net, layer).attribute(x, target=t, interpolate_mode='bilinear')"),
    ("NeuronGradient", "NeuronGradient(net, early).attribute(x, cell)"),
    ("NeuronGradient of a channel", "NeuronGradient(net, early).attribute(x, lambda a: a[:, cell[0]].mean((1, 2)))"),
    ("NeuronGuidedBackprop", "NeuronGuidedBackprop(net, early).attribute(x, cell)"),
    ("NeuronIntegratedGradients", "NeuronIntegratedGradients(net, early).attribute(x, cell, n_steps=20)"),
    ("Occlusion 4 / 2", "Occlusion(net).attribute(x, (depth, 4, 4), strides=(depth, 2, 2), target=t)"),
    ("Occlusion 5 x 3 / 3 x 2, one value a channel", "Occlusion(net).attribute(x, (depth, 5, 3), strides=(depth, 3, 2), baselines=colour, target=t)"),
    ("Occlusion 7 / 5, which does not fit", "Occlusion(net).attribute(x, (depth, 7, 7), strides=(depth, 5, 5), target=t)"),
    ("Occlusion of the probability", "Occlusion(softmaxed).attribute(x, (depth, 6, 6), strides=(depth, 6, 6), target=t)"),
]

# ReLU6 is no nn.ReLU: Captum's hooks pass it by. Where it is made one, the rule takes hold.
RELU6 = [
    ("GuidedBackprop, ReLU6 made a ReLU", "GuidedBackprop(seen).attribute(x, target=t)"),
    ("Deconvolution, ReLU6 made a ReLU", "Deconvolution(seen).attribute(x, target=t)"),
]


# The original CAM has no peer of its own; before global pooling Grad-CAM is that map divided by the number of cells.
POOLED = [("LayerGradCam before global pooling", "LayerGradCam(net, layer).attribute(x, target=t)")]


def captum_cases(scope):
    scope = {**globals(), **scope}
    found = []
    for title, call in CASES + (RELU6 if "seen" in scope else []) + (POOLED if "gap" in scope["net"].parts else []):
        values = channels_last(eval(call, scope))
        per_pixel = title.startswith(("LayerGradCam", "Occlusion"))
        # The same value in every channel: a window covers them all.
        found.append(case("captum", title, call, values[:, :, 0] if per_pixel else values, **delta(call, scope)))
    return found


def delta(call, scope):
    """Captum's own completeness gap, for integrated gradients of the input."""
    if not call.startswith("IntegratedGradients"):
        return {}
    _, gap = eval(call[:-1] + ", return_convergence_delta=True)", scope)
    return dict(delta=float(gap))


def fixed_noise(draws):
    """Captum draws its noise with torch.normal: here it is given ours."""
    torch.normal = lambda mean, std: mean + torch.from_numpy(draws) * std
