"""What pytorch-grad-cam gives: the map on the layer's grid before it is scaled, and the final one."""
import sys
from pathlib import Path

sys.path.append(str(Path(__file__).parents[2] / "bench"))
import torchvision_import  # noqa: F401
from pytorch_grad_cam import AblationCAM, EigenCAM, GradCAM, GradCAMPlusPlus, GuidedBackpropReLUModel, HiResCAM, LayerCAM, ScoreCAM, XGradCAM  # noqa: F401
from pytorch_grad_cam.utils.model_targets import ClassifierOutputTarget  # noqa: F401

from store import case

METHODS = ["GradCAM", "GradCAMPlusPlus", "HiResCAM", "LayerCAM", "XGradCAM", "ScoreCAM", "AblationCAM", "EigenCAM"]
TARGETS = "[ClassifierOutputTarget(t)]"


def gradcam_cases(scope):
    scope = {**globals(), **scope}
    found = []
    for method in METHODS:
        make = f"{method}(fresh(), [layer])"
        raw, final = run(make, f"(x, {TARGETS})", scope)
        # At the last layer before global pooling these are Grad-CAM with another name: the early layer tells them apart.
        early, _ = run(f"{method}(fresh(), [early])", f"(x, {TARGETS})", scope)
        found.append(case("grad-cam", f"{method}, before scaling", f"{make}.get_cam_image(...)", raw))
        found.append(case("grad-cam", f"{method} of the early layer, before scaling", f"{method}(fresh(), [early]).get_cam_image(...)", early))
        if method != "EigenCAM":
            found.append(case("grad-cam", method, f"{make}(x, {TARGETS})", final))
    for title, make, call in [
        ("GradCAM of the top class", "GradCAM(fresh(), [layer])", "(x, None)"),
        ("GradCAM of two layers", "GradCAM(fresh(), [early, layer])", f"(x, {TARGETS})"),
        ("LayerCAM of two layers", "LayerCAM(fresh(), [early, layer])", f"(x, {TARGETS})"),
        ("GradCAM, aug_smooth", "GradCAM(fresh(), [layer])", f"(x, {TARGETS}, aug_smooth=True)"),
    ]:
        found.append(case("grad-cam", title, make + call, run(make, call, scope)[1]))
    for method in ("GradCAM", "HiResCAM"):
        raw, _ = run(f"{method}(fresh(), [early])", f"(x, {TARGETS}, eigen_smooth=True)", scope)
        found.append(case("grad-cam", f"{method} of the early layer, eigen_smooth, before scaling", f"{method}(fresh(), [early]).get_cam_image(..., eigen_smooth=True)", raw))
    guided = "GuidedBackpropReLUModel(copy(net))(x.detach(), t)"
    found.append(case("grad-cam", "GuidedBackpropReLUModel", guided, eval(guided, scope)))
    return found


def run(make, call, scope):
    """The first map as get_cam_image returns it, and the final map."""
    net, scope = scope["copy"](scope["net"]), dict(scope)
    scope.update(fresh=lambda: net, layer=net.at(scope["layer_name"]), early=net.at(scope["early_name"]))
    cam = eval(make, scope)
    raw = []
    own = cam.get_cam_image
    cam.get_cam_image = lambda *args: raw.append(own(*args)) or raw[-1]
    final = eval("cam" + call, {**scope, "cam": cam})
    cam.activations_and_grads.release()
    return raw[0][0], final[0]
