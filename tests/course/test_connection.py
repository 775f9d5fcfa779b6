"""What JupyterLab sends to the browser goes at once: a slider's picture does not wait for it."""

from __future__ import annotations

import json
from pathlib import Path
from unittest.mock import Mock

import pytest
from jupyter_server.services.kernels.websocket import KernelWebsocketHandler
from traitlets.config import Config
from traitlets.utils.importstring import import_item

import svclab.course
from svclab.course.connection import PromptConnection

CONFIG = Path(svclab.course.__file__).parent / "jupyter" / "jupyter_server_config.json"


def test_the_servers_that_svclab_opens_use_it() -> None:
    server = Config(json.loads(CONFIG.read_text(encoding="utf-8"))).ServerApp
    assert import_item(server.kernel_websocket_connection_class) is PromptConnection


def test_it_turns_the_waiting_off_and_connects_as_jupyter_server_does(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    (parent,) = PromptConnection.__bases__
    monkeypatch.setattr(parent, "connect", lambda self: "connected")
    handler = Mock(spec=KernelWebsocketHandler)
    connection = PromptConnection(websocket_handler=handler)
    assert connection.connect() == "connected"
    handler.set_nodelay.assert_called_once_with(True)
