"""JupyterHub for a class that works through the convlens notebooks: jupyterhub -f deploy/jupyterhub_config.py

Everything that differs from place to place is an environment variable, CONVLENS_HUB_...; deploy/README.md lists them.
With none of them set the hub answers on this machine only and lets in nobody: accounts are the machine's own (PAM), of the group "class".
"""
import os
import sys
from pathlib import Path

c = get_config()  # noqa: F821
here = Path(__file__).resolve().parent


def setting(name, default=""):
    return os.environ.get(f"CONVLENS_HUB_{name}", default)


def names(file):
    """The names in a file, one a line; what follows # is left out."""
    lines = Path(file).read_text(encoding="utf-8").splitlines() if file else []
    return {name for line in lines if (name := line.split("#")[0].strip())}


def refuse(why):
    sys.exit(f"jupyterhub_config.py: {why}")


# -- where it answers: behind a web server that has the certificate, unless told otherwise
c.JupyterHub.bind_url = setting("URL", "http://127.0.0.1:8000")
c.ConfigurableHTTPProxy.command = setting("PROXY", "configurable-http-proxy").split()
state = Path(setting("STATE", os.getcwd()))
c.JupyterHub.db_url = f"sqlite:///{state / 'jupyterhub.sqlite'}"
c.JupyterHub.cookie_secret_file = str(state / "jupyterhub_cookie_secret")
c.ConfigurableHTTPProxy.pid_file = str(state / "jupyterhub-proxy.pid")

# -- who may come in
authenticator = setting("AUTH", "pam")
c.Authenticator.allowed_users = names(setting("USERS"))
c.Authenticator.admin_users = names(setting("ADMINS"))
if authenticator == "dummy":
    refuse("the dummy authenticator lets anybody in as anybody: it is for tests, with a configuration of their own")
c.JupyterHub.authenticator_class = authenticator
if authenticator == "pam":
    # Accounts of this machine; those of the group may come in, and those named in USERS.
    c.LocalAuthenticator.allowed_groups = {setting("GROUP", "class")}
    c.PAMAuthenticator.open_sessions = False
elif authenticator == "shared-password":
    # For an afternoon: one password for all, a name of one's own choice. Whoever knows it can take any learner's name.
    if len(setting("PASSWORD")) < 12:
        refuse("CONVLENS_HUB_PASSWORD must have at least 12 characters, given to the class on the day")
    c.SharedPasswordAuthenticator.user_password = setting("PASSWORD")
    c.SharedPasswordAuthenticator.admin_password = setting("ADMIN_PASSWORD") or None
    c.Authenticator.allow_all = not c.Authenticator.allowed_users
else:
    # github, google, azuread, generic-oauth, ... of the package oauthenticator; lti13 of jupyterhub-ltiauthenticator; a class by its full name.
    # Those need USERS, or a rule of their own in the file MORE (allowed organisations, domains): without one nobody comes in.
    c.OAuthenticator.client_id = setting("CLIENT_ID")
    c.OAuthenticator.client_secret = setting("CLIENT_SECRET")
    c.OAuthenticator.oauth_callback_url = setting("CALLBACK")

# -- what a learner's server may take; MEASURED.md says what it needs
c.Spawner.mem_limit = setting("MEMORY", "2G")
c.Spawner.cpu_limit = float(setting("CPU", "2"))
c.Spawner.mem_guarantee = setting("MEMORY_GUARANTEE", "768M")
threads = setting("THREADS", str(max(1, round(c.Spawner.cpu_limit))))
c.Spawner.environment = {
    # As many threads for each learner as processors they may use, not as many as the machine has.
    "TF_NUM_INTRAOP_THREADS": threads,
    "TF_NUM_INTEROP_THREADS": "1",
    "OMP_NUM_THREADS": threads,
    "CONVLENS_EDITION": setting("EDITION", "student"),
}
for name in ("CONVLENS_CACHE", "CONVLENS_BACKEND", "CONVLENS_MODEL", "CONVLENS_COURSE", "CONVLENS_CLI", "CONVLENS_KERNEL_IDLE"):
    if value := os.environ.get(name):
        c.Spawner.environment[name] = value
c.Spawner.notebook_dir = "~"
c.Spawner.default_url = f"/lab/tree/{os.environ.get('CONVLENS_COURSE', 'course')}/00-start-here.ipynb"
# When a whole class starts in the same minute, each waits for the others: the usual 60 s and 30 s are too short then.
c.Spawner.start_timeout = 300
c.Spawner.http_timeout = 180
c.JupyterHub.concurrent_spawn_limit = int(setting("AT_ONCE", "20"))
c.JupyterHub.active_server_limit = int(setting("MOST", "0"))

# -- how a server is started
spawner = setting("SPAWNER", "local")
start = [str(here / "start-course"), "jupyterhub-singleuser"]
if spawner == "local":
    # A process under the learner's own account. Nothing holds it to the limits above: use "systemd" or "docker" where learners share a machine.
    c.JupyterHub.spawner_class = "localprocess"
    c.Spawner.cmd = start
elif spawner == "systemd":
    # The same, in a unit with limits: pip install jupyterhub-systemdspawner; the hub runs as root.
    c.JupyterHub.spawner_class = "systemdspawner.SystemdSpawner"
    c.Spawner.cmd = start
    c.SystemdSpawner.isolate_tmp = True
    c.SystemdSpawner.disable_user_sudo = True
elif spawner == "docker":
    # A container each, made from the image of the Dockerfile: pip install dockerspawner. No accounts on the machine are needed.
    c.JupyterHub.spawner_class = "dockerspawner.DockerSpawner"
    c.DockerSpawner.image = setting("IMAGE", "convlens-class")
    c.DockerSpawner.cmd = ["jupyterhub-singleuser"]
    c.Spawner.notebook_dir = "/home/learner"
    c.DockerSpawner.volumes = {"convlens-{username}": "/home/learner"}
    c.DockerSpawner.remove = True
    c.DockerSpawner.extra_host_config = {"cap_drop": ["ALL"], "security_opt": ["no-new-privileges"], "pids_limit": 512}
    network = setting("NETWORK")
    if network:
        c.DockerSpawner.network_name = network
        c.DockerSpawner.use_internal_ip = True
    c.JupyterHub.hub_ip = setting("HUB_IP", "0.0.0.0" if network else "172.17.0.1")
    if setting("CONNECT_IP"):
        c.JupyterHub.hub_connect_ip = setting("CONNECT_IP")
else:
    refuse(f"CONVLENS_HUB_SPAWNER must be local, systemd or docker, got {spawner!r}")

# -- servers that nobody uses are stopped; kernels sooner, by jupyter_server_config.py
idle = int(setting("IDLE", "5400"))
c.JupyterHub.load_roles = [
    {"name": "idle-culler", "scopes": ["list:users", "read:users:activity", "read:servers", "delete:servers"], "services": ["idle-culler"]},
]
c.JupyterHub.services = [
    {"name": "idle-culler", "command": [sys.executable, "-m", "jupyterhub_idle_culler", f"--timeout={idle}", f"--cull-every={max(10, min(300, idle // 6))}"]},
]

# -- whatever else this place needs
if setting("MORE"):
    load_subconfig(setting("MORE"))  # noqa: F821
