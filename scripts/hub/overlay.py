"""What a trial changes in deploy/jupyterhub_config.py: names without passwords, no accounts on the machine, folders and ports of its own."""
import json
import os

c = get_config()  # noqa: F821
trial = json.loads(os.environ["CONVLENS_TRIAL"])

load_subconfig(trial["config"])  # noqa: F821

c.JupyterHub.authenticator_class = "dummy"
c.DummyAuthenticator.password = trial["token"]
c.Authenticator.allow_all = True

c.JupyterHub.spawner_class = "simple"
c.SimpleLocalProcessSpawner.home_dir_template = trial["homes"] + "/{username}"
c.Spawner.environment.update(trial["environment"])
if os.getuid() == 0:
    c.Spawner.args = ["--allow-root"]


def vary(spawner):
    """A server can be asked for with other variables."""
    spawner.environment.update(spawner.user_options.get("environment", {}))


c.Spawner.pre_spawn_hook = vary

c.JupyterHub.bind_url = f"http://127.0.0.1:{trial['ports'][0]}"
c.JupyterHub.hub_ip = "127.0.0.1"
c.JupyterHub.hub_port = trial["ports"][1]
c.ConfigurableHTTPProxy.api_url = f"http://127.0.0.1:{trial['ports'][2]}"
c.JupyterHub.log_level = "WARN"
c.JupyterHub.services.append({"name": "trial", "api_token": trial["token"]})
c.JupyterHub.load_roles.append({"name": "trial", "scopes": ["admin:users", "admin:servers", "access:servers"], "services": ["trial"]})
