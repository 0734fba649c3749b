"""How near any differentiated ReLU or max-pool comes to switching over: float noise must not be able to flip one."""
import torch
from torch import nn


class Steadiness:
    """The smallest distance to a switch that was met, in standard deviations of that tensor."""

    def __init__(self, net):
        self.nearest = float("inf")
        for module in net.modules():
            if isinstance(module, (nn.ReLU, nn.ReLU6, nn.LeakyReLU, nn.PReLU)):
                module.register_forward_pre_hook(self.relu)
            elif isinstance(module, nn.MaxPool2d):
                module.register_forward_pre_hook(self.pool)

    def relu(self, module, inputs):
        value = inputs[0].detach()
        distance = value.abs()
        if isinstance(module, nn.ReLU6):
            distance = torch.minimum(distance, (value - 6).abs())
        self.meet(distance.min() / value.std())

    def pool(self, module, inputs):
        value = inputs[0].detach().clamp(min=-1e9)
        n, channels = value.shape[:2]
        windows = nn.functional.unfold(value, module.kernel_size, stride=module.stride).reshape(n, channels, module.kernel_size**2, -1)
        first, second = windows.topk(2, dim=2).values.unbind(2)
        gaps = first - second
        # An exact tie (a window of zeros, a black image) is one in every framework, and every one takes the first.
        gaps = gaps[gaps > 0]
        if gaps.numel():
            self.meet(gaps.min() / value[value > -1e9].std())

    def meet(self, distance):
        if torch.is_grad_enabled():
            self.nearest = min(self.nearest, float(distance))
