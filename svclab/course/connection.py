"""JupyterLab's way from the kernel to the browser, without waiting for full packets.

A slider's answer follows two small messages of the kernel's state. By the TCP rule of Nagle (1984,
RFC 896) the server keeps it back until the browser has confirmed these, and the browser confirms
late, after about 40 ms: more than the model and the picture take together.
``jupyter/jupyter_server_config.json`` names this class for the servers that ``svclab`` opens.
"""

from __future__ import annotations

from typing import Any

from jupyter_server.services.kernels.connection.channels import ZMQChannelsWebsocketConnection

__all__ = ["PromptConnection"]


class PromptConnection(ZMQChannelsWebsocketConnection):
    """Jupyter Server's own connection; each message is sent at once."""

    def connect(self) -> Any:
        """Turn the waiting off for this browser, then connect as ever."""
        self.websocket_handler.set_nodelay(True)
        return super().connect()
