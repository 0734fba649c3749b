# For each learner's server, by itself or under JupyterHub: in the image /etc/jupyter/, else <environment>/etc/jupyter/.
import os

c = get_config()  # noqa: F821

# One kernel language, and the first notebook when the page opens.
c.KernelSpecManager.allowed_kernelspecs = {"tslab"}
c.KernelSpecManager.ensure_native_kernel = False
c.MultiKernelManager.default_kernel_name = "tslab"
course = os.environ.get("CONVLENS_COURSE", "course")
c.LabApp.default_url = f"/lab/tree/{course}/00-start-here.ipynb"

# No questions to the outside: news and new versions.
c.LabApp.news_url = None
c.LabApp.check_for_updates_class = "jupyterlab.NeverCheckForUpdate"
c.LabApp.extension_manager = "readonly"

# A kernel holds a network and what it computed (deploy/MEASURED.md). One that did nothing for an hour is ended, also when its page
# is still open: a forgotten tab would hold it for ever. The notebook and its outputs stay; "Run all" brings the rest back.
idle = int(os.environ.get("CONVLENS_KERNEL_IDLE", "3600"))
c.MappingKernelManager.cull_idle_timeout = idle
c.MappingKernelManager.cull_interval = max(5, min(120, idle // 2))
c.MappingKernelManager.cull_connected = True
# What runs is never ended.
c.MappingKernelManager.cull_busy = False

# Deleted notebooks need no second copy in a learner's home.
c.FileContentsManager.delete_to_trash = False
