"""Imports torchvision, which pytorch-grad-cam wants for helpers that nobody here calls, beside any build of torch."""
import torch

try:
    import torchvision
except RuntimeError:
    # torchvision built for CUDA does not load its own library beside torch for the CPU, and stops at the two operations it declares.
    declared = torch.library.Library("torchvision", "DEF")
    for name in ("nms", "qnms"):
        declared.define(f"{name}(Tensor dets, Tensor scores, float iou_threshold) -> Tensor")
    import torchvision
