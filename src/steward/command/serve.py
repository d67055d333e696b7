"""`steward serve`: the site, served from this machine."""

import socket
from typing import Any

import click
from django.core.checks.urls import check_resolver
from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver
from django.utils import timezone
from gunicorn.app.base import BaseApplication

from steward.command.setup import ensure_migrated
from steward.command.viewer import CommandLine
from steward.equality.queries import area_gaps
from steward.equality.queries.area_gaps import NoSuchArea
from steward.evidence.queries.releases import NothingLoaded
from steward.pages.queries import area, home
from steward.register import queries as register


class _Site(BaseApplication):  # type: ignore[misc]  # gunicorn has no types
    """Gunicorn told where to listen by us instead of by its own command line."""

    def __init__(self, *, address: str, workers: int) -> None:
        self._chosen = {
            "bind": address,
            "workers": workers,
            "threads": 4,
            "worker_class": "gthread",
            "timeout": 120,
            "accesslog": None,
            "loglevel": "warning",
            "control_socket_disable": True,
            "limit_request_line": 8190,
            "post_worker_init": _warm,
        }
        super().__init__()

    def load_config(self) -> None:
        for name, value in self._chosen.items():
            if name in self.cfg.settings:
                self.cfg.set(name, value)

    def load(self) -> Any:  # noqa: ANN401 - a WSGI application
        return get_wsgi_application()


def refuse_when_taken(*, host: str, port: int) -> None:
    """Raise a sentence when something else listens there already."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as fault:
            raise click.ClickException(
                f"{host}:{port} cannot be listened on: {fault.strerror}. "
                "Stop what uses it, or choose another port: steward serve --port 8001."
            ) from fault


def _warm(worker: object) -> None:
    """Import every page and read once what first pages need, so that nobody waits for it.

    With nothing loaded, only pages are imported.
    """
    check_resolver(get_resolver())
    served = register.served_authority()
    if served is None:
        return
    try:
        home.for_head(CommandLine())
        area.overview(served.code, as_at=timezone.localdate())
        area_gaps.area_gaps(served.code)
    except (NothingLoaded, NoSuchArea):
        return


@click.command("serve")
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option(
    "--port", default=8000, show_default=True, type=click.IntRange(1, 65535), help="Port to listen on."
)
@click.option("--workers", default=2, show_default=True, type=click.IntRange(1, 64), help="Processes.")
def command(host: str, port: int, workers: int) -> None:
    """Serve the site until stopped with Ctrl-C."""
    ensure_migrated()
    serve(host=host, port=port, workers=workers)


def serve(*, host: str, port: int, workers: int) -> None:
    """Serve the site; returns when it is stopped."""
    refuse_when_taken(host=host, port=port)
    check_resolver(get_resolver())  # imports every page once, before there are workers to do it each
    click.echo(f"Steward is at http://{host}:{port} - stop with Ctrl-C.")
    _Site(address=f"{host}:{port}", workers=workers).run()
